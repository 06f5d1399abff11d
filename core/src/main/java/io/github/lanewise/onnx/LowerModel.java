package io.github.lanewise.onnx;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model's layers as the nodes of the ops that they apply in inference. */
final class LowerModel {

  private LowerModel() {}

  static OnnxGraph run(Model model) {
    OnnxGraph graph = new OnnxGraph();
    Map<Node, Value> values = new HashMap<>();
    for (Node input : model.inputs()) {
      values.put(input, graph.input(input.layer().name(), input.shape()));
    }
    for (Node node : model.nodes()) {
      if (!model.inputs().contains(node)) {
        values.put(node, lower(node, node.inputs().stream().map(values::get).toList(), graph));
      }
    }
    for (Node output : model.outputs()) {
      graph.output(output.layer().name(), Objects.requireNonNull(values.get(output)));
    }
    return graph;
  }

  private static Value lower(Node node, List<Value> inputs, OnnxGraph graph) {
    List<Value> current = inputs;
    for (OpCall call : node.layer().inferenceCalls()) {
      List<Shape> shapes = new ArrayList<>();
      current.forEach(v -> shapes.add(v.shape()));
      call.parameters().forEach(p -> shapes.add(p.shape()));
      Shape output = call.op().outputShape(shapes);
      Call lowered = new Call(graph, node.layer().name(), current, call.parameters(), output);
      current = List.of(Rules.lower(call.op(), lowered));
    }
    return current.get(0);
  }
}
