package io.github.lanewise.infer;

import io.github.lanewise.op.Relu;

/** Pass: a relu behind a convolution becomes part of its epilogue. */
final class FuseRelu {

  private FuseRelu() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes.toArray(new PlanNode[0])) {
      if (node.op instanceof Relu
          && node.inputs.get(0).convolves()
          && graph.usedOnlyBy(node.inputs.get(0), node)) {
        node.inputs.get(0).relu = true;
        graph.replace(node, node.inputs.get(0));
      }
    }
  }
}
