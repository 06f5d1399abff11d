package io.github.lanewise.infer;

import io.github.lanewise.op.Concat;

/**
 * Pass: what only a concatenation of channels uses is written straight into its slice, where the op
 * that computes it can write to one. What can not be is copied when the concatenation runs.
 */
final class ConcatenateInPlace {

  private ConcatenateInPlace() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes) {
      if (node.op instanceof Concat concat && concat.alongChannels(node.shape.rank())) {
        int channel = 0;
        for (PlanNode part : node.inputs) {
          if (canWriteSlice(part) && graph.usedOnlyBy(part, node)) {
            part.concatenation = node;
            part.firstChannel = channel;
          }
          channel += part.shape.dim(-1);
        }
      }
    }
  }

  private static boolean canWriteSlice(PlanNode node) {
    return node.op != null
        && node.viewOf == null
        && (node.op.acceptsStrides() || node.op instanceof Concat);
  }
}
