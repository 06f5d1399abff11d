package io.github.lanewise.infer;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** First pass: a model's layers as the ops that they apply in inference. */
final class LowerModel {

  private LowerModel() {}

  static PlanGraph run(Model model) {
    Map<Node, PlanNode> values = new HashMap<>();
    List<PlanNode> nodes = new ArrayList<>();
    for (Node node : model.nodes()) {
      if (model.inputs().contains(node)) {
        PlanNode input =
            new PlanNode(node.layer().name(), null, List.of(), List.of(), node.shape());
        values.put(node, input);
        nodes.add(input);
        continue;
      }
      List<PlanNode> current = node.inputs().stream().map(values::get).toList();
      for (OpCall call : node.layer().inferenceCalls()) {
        List<Tensor> constants = call.parameters().stream().map(Parameter::value).toList();
        List<Shape> shapes = new ArrayList<>();
        current.forEach(n -> shapes.add(n.shape));
        constants.forEach(t -> shapes.add(t.shape()));
        PlanNode next =
            new PlanNode(
                node.layer().name(), call.op(), current, constants, call.op().outputShape(shapes));
        nodes.add(next);
        current = List.of(next);
      }
      values.put(node, current.get(0));
    }
    return new PlanGraph(
        model.inputs().stream().map(values::get).toList(),
        nodes,
        model.outputs().stream().map(values::get).toList());
  }
}
