package io.github.lanewise.infer;

import io.github.lanewise.op.Identity;

/** Pass: ops that change nothing in inference, such as dropout, disappear. */
final class ElideIdentities {

  private ElideIdentities() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes.toArray(new PlanNode[0])) {
      if (node.op instanceof Identity) {
        graph.replace(node, node.inputs.get(0));
      }
    }
  }
}
