package io.github.lanewise.infer;

import io.github.lanewise.op.Flatten;
import io.github.lanewise.op.FromRow;
import io.github.lanewise.op.Reshape;
import io.github.lanewise.op.ToRow;

/** Pass: ops that only change the shape take no time and no memory: they name the same floats. */
final class ShareViews {

  private ShareViews() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes) {
      if (node.op instanceof Flatten
          || node.op instanceof Reshape
          || node.op instanceof ToRow
          || node.op instanceof FromRow) {
        node.viewOf = node.inputs.get(0);
      }
    }
  }
}
