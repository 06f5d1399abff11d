package io.github.lanewise.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pass: what a border of zeros is filled with. ONNX Runtime and others move a border of zeros into
 * the operator behind it ({@code onnxruntime/core/optimizer/pad_fusion.cc}). For a convolution that
 * is the same; a pooling leaves its own padding out of maximum and average, so that the result
 * would differ. A number that is next to zero, but no zero, keeps the border where it is.
 */
final class KeepPadding {

  private KeepPadding() {}

  static void run(OnnxGraph graph) {
    Set<String> convolved = new HashSet<>();
    for (OnnxNode node : graph.nodes) {
      if (node.type().equals("Conv")) {
        convolved.add(node.inputs().get(0));
      }
    }
    graph.nodes.replaceAll(
        node -> {
          if (!node.type().equals("Pad")) {
            return node;
          }
          float border = convolved.contains(node.output()) ? 0 : Float.MIN_NORMAL;
          List<String> inputs =
              List.of(node.inputs().get(0), node.inputs().get(1), graph.number(border));
          return new OnnxNode(node.type(), inputs, node.output(), node.attributes());
        });
  }
}
