package io.github.lanewise.infer;

import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.FromRow;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.ToRow;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Pass: a convolution of sequences, with what has been folded and fused into it, becomes one of
 * pictures of one row, between two views.
 */
final class LowerConv1d {

  private LowerConv1d() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes.toArray(new PlanNode[0])) {
      if (node.op instanceof Conv1d convolution) {
        Weight kernel = node.weights.get(0);
        List<Weight> weights = new ArrayList<>(node.weights);
        weights.set(0, kernel.reshape(kernel.shape().prepend(1)));
        PlanNode row = node(node, new ToRow(), node.inputs.get(0), List.of());
        PlanNode convolved = node(node, convolution.onRows(), row, weights);
        convolved.kernelScale = node.kernelScale;
        convolved.relu = node.relu;
        PlanNode sequence = node(node, new FromRow(), convolved, List.of());
        graph.nodes.addAll(graph.nodes.indexOf(node), List.of(row, convolved, sequence));
        graph.replace(node, sequence);
      }
    }
  }

  private static PlanNode node(PlanNode of, Op op, PlanNode input, List<Weight> weights) {
    List<Shape> shapes = new ArrayList<>(List.of(input.shape));
    weights.forEach(w -> shapes.add(w.shape()));
    return new PlanNode(of.layer, op, List.of(input), weights, op.outputShape(shapes));
  }
}
