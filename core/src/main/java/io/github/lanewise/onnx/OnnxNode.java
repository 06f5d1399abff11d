package io.github.lanewise.onnx;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A node of an ONNX graph.
 *
 * @param type ONNX's name of the operator
 * @param inputs names of values
 * @param output the name of its only value, and of itself
 * @param attributes a {@code Long}, {@code Float}, {@code String} or {@code long[]} each
 */
record OnnxNode(String type, List<String> inputs, String output, Map<String, Object> attributes) {

  OnnxNode {
    inputs = List.copyOf(inputs);
  }

  /** The same node, its inputs by other names. */
  OnnxNode withInputs(UnaryOperator<String> renaming) {
    return new OnnxNode(type, inputs.stream().map(renaming).toList(), output, attributes);
  }
}
