package io.github.lanewise.infer;

import java.util.ArrayList;
import java.util.List;

/**
 * Pass: how many samples of a batch go through a stretch of steps together. The values of early
 * layers are large and their weights small: sample by sample, each step finds what the one before
 * it wrote in the second-level cache. The values of late layers are small and their weights large:
 * there the whole batch shares each weight that is read. A step that would wait for its input
 * rather than for its weights does not begin a stretch.
 */
final class SplitBatch {

  /** Samples of a stretch that takes the whole batch. */
  static final int WHOLE = Integer.MAX_VALUE;

  /** Floats that a step reads and writes from cache: 4 MB. */
  private static final int CACHED = 1_048_576;

  /** From so many samples on, the weights are worth more than the cache. */
  private static final int MANY = 8;

  private SplitBatch() {}

  /**
   * A stretch of nodes.
   *
   * @param from the first node
   * @param to behind the last node
   * @param samples of the batch that go through it together, a thread
   */
  record Stretch(int from, int to, int samples) {
    boolean contains(int node) {
      return from <= node && node < to;
    }
  }

  /** The stretches, in order. The number of samples never falls from one to the next. */
  static List<Stretch> run(PlanGraph graph) {
    int[] samples = samples(graph.nodes);
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= samples.length; i++) {
      if (i == samples.length || samples[i] != samples[from]) {
        stretches.add(new Stretch(from, i, samples[from]));
        from = i;
      }
    }
    return stretches;
  }

  /** For each node, how many samples go through it together. */
  private static int[] samples(List<PlanNode> nodes) {
    int[] samples = new int[nodes.size()];
    int fewest = WHOLE;
    for (int i = samples.length - 1; i >= 0; i--) {
      fewest = Math.min(fewest, fitting(nodes.get(i)));
      samples[i] = fewest;
    }
    for (int i = 1; i < samples.length; i++) {
      PlanNode node = nodes.get(i);
      if (node.kernelSize() == 0 || node.lightPointwise()) {
        samples[i] = samples[i - 1];
      }
    }
    return samples;
  }

  private static int fitting(PlanNode node) {
    if (node.op == null || node.viewOf != null) {
      return WHOLE;
    }
    long floats = node.shape.sizeOfRow();
    for (PlanNode input : node.inputs) {
      floats += input.shape.sizeOfRow();
    }
    int fitting = Integer.highestOneBit((int) Math.max(1, CACHED / Math.max(1, floats)));
    return fitting >= MANY ? WHOLE : fitting;
  }
}
