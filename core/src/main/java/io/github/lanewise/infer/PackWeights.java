package io.github.lanewise.infer;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.Concat;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Dense;
import io.github.lanewise.op.MaxPool2d;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Last pass: the steps that compute a graph's values, their weights read, scaled and packed by all
 * processors. The largest come first, so that no thread is left with one when the others are
 * through; each thread reads all of its kernels into one array.
 */
final class PackWeights {

  private final PlanGraph graph;
  private final Kernels kernels;
  private final Conv2dAlgorithm algorithm;
  private final WeightPrecision precision;

  private PackWeights(
      PlanGraph graph, Kernels kernels, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    this.graph = graph;
    this.kernels = kernels;
    this.algorithm = algorithm;
    this.precision = precision;
  }

  /** The step of each node of a graph; null where there is nothing to compute. */
  static List<@Nullable Step> run(
      PlanGraph graph, Kernels kernels, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    return new PackWeights(graph, kernels, algorithm, precision).steps();
  }

  private List<@Nullable Step> steps() {
    List<PlanNode> nodes = graph.nodes;
    int[] order =
        IntStream.range(0, nodes.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> nodes.get(i).kernelSize()).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    @Nullable Step[] steps = new Step[order.length];
    AtomicInteger next = new AtomicInteger();
    ParallelLoop loop = ParallelLoop.availableProcessors();
    loop.forEach(
        loop.threads(),
        thread -> {
          float[] kernel = {};
          for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
            PlanNode node = nodes.get(order[i]);
            if (packs(node) && kernel.length < node.kernelSize()) {
              kernel = new float[node.kernelSize()];
            }
            steps[order[i]] = step(node, kernel);
          }
        });
    return Arrays.asList(steps);
  }

  private boolean packs(PlanNode node) {
    return node.op instanceof Conv2d
        || (node.op instanceof Dense && DenseStep.suits(node, precision));
  }

  private @Nullable Step step(PlanNode node, float[] kernel) {
    if (node.op == null || node.viewOf != null) {
      return null;
    }
    if (node.op instanceof Concat concat && concat.alongChannels(node.shape.rank())) {
      List<Boolean> inPlace = node.inputs.stream().map(n -> n.concatenation == node).toList();
      return inPlace.contains(false) ? new ConcatStep(inPlace) : null;
    }
    if (packs(node)) {
      return node.op instanceof Conv2d conv
          ? Conv2dStep.of(conv, node, kernel, kernels, algorithm, precision)
          : DenseStep.of(node, kernel, kernels, precision);
    }
    if (node.op instanceof AveragePool2d pool) {
      return new AveragePool2dStep(pool, node.relu);
    }
    if (node.op instanceof MaxPool2d pool) {
      return new MaxPool2dStep(pool);
    }
    return new OpStep(node.op, node.weights.stream().map(Weight::keep).toList());
  }
}
