package io.github.lanewise.infer;

import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.tensor.Shape;
import java.util.List;

/**
 * Pass: an average pooling before a 1x1 convolution goes behind it, where there are fewer channels.
 * Both are linear, and the average of a constant bias is the bias, as padding does not count.
 */
final class PoolProjections {

  private PoolProjections() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes.toArray(new PlanNode[0])) {
      if (node.op instanceof Conv2d convolution
          && projects(convolution, node)
          && node.inputs.get(0).op instanceof AveragePool2d pool
          && pool.strideHeight() * pool.strideWidth() == 1
          && graph.usedOnlyBy(node.inputs.get(0), node)) {
        exchange(graph, node.inputs.get(0), node);
      }
    }
  }

  private static boolean projects(Conv2d convolution, PlanNode node) {
    Shape kernel = node.weights.get(0).shape();
    return node.pointwise() && convolution.groups() == 1 && kernel.dim(3) < kernel.dim(2);
  }

  private static void exchange(PlanGraph graph, PlanNode pool, PlanNode convolution) {
    PlanNode input = pool.inputs.get(0);
    Shape projected = input.shape.withLast(convolution.shape.dim(-1));
    PlanNode first =
        new PlanNode(
            convolution.layer, convolution.op, List.of(input), convolution.weights, projected);
    first.kernelScale = convolution.kernelScale;
    PlanNode second =
        new PlanNode(pool.layer, pool.op, List.of(first), List.of(), convolution.shape);
    second.relu = convolution.relu;
    int at = graph.nodes.indexOf(convolution);
    graph.nodes.addAll(at, List.of(first, second));
    graph.replace(convolution, second);
    graph.nodes.remove(pool);
  }
}
