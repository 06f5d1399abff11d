package io.github.lanewise.infer;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** First pass: a model's layers as the ops that they apply in inference. */
final class LowerModel {

  private final Set<Parameter> ofModel;
  private final Function<Parameter, Weight> source;
  private final Map<Parameter, Weight> weights = new HashMap<>();

  private LowerModel(Model model, Function<Parameter, Weight> source) {
    this.ofModel = new HashSet<>(model.parameters());
    this.source = source;
  }

  /**
   * Lowers a model, without the values of its weights.
   *
   * @param source of the model's parameters; what layers take besides, such as constants, is theirs
   */
  static PlanGraph run(Model model, Function<Parameter, Weight> source) {
    return new LowerModel(model, source).graph(model);
  }

  private PlanGraph graph(Model model) {
    Map<Node, PlanNode> lowered = new HashMap<>();
    List<PlanNode> nodes = new ArrayList<>();
    for (Node node : model.inputs()) {
      PlanNode input = new PlanNode(node.layer().name(), null, List.of(), List.of(), node.shape());
      lowered.put(node, input);
      nodes.add(input);
    }
    for (Node node : model.nodes()) {
      if (lowered.containsKey(node)) {
        continue;
      }
      List<PlanNode> current = node.inputs().stream().map(lowered::get).toList();
      for (OpCall call : node.layer().inferenceCalls()) {
        List<Weight> taken = call.parameters().stream().map(this::weight).toList();
        List<Shape> shapes = new ArrayList<>();
        current.forEach(n -> shapes.add(n.shape));
        taken.forEach(w -> shapes.add(w.shape()));
        PlanNode next =
            new PlanNode(
                node.layer().name(), call.op(), current, taken, call.op().outputShape(shapes));
        nodes.add(next);
        current = List.of(next);
      }
      lowered.put(node, current.get(0));
    }
    return new PlanGraph(
        model.inputs().stream().map(lowered::get).toList(),
        nodes,
        model.outputs().stream().map(lowered::get).toList());
  }

  /** One for a parameter, however many nodes take it. */
  private Weight weight(Parameter parameter) {
    return weights.computeIfAbsent(
        parameter, p -> ofModel.contains(p) ? source.apply(p) : Weight.of(p));
  }
}
