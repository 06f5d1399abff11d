package io.github.lanewise.infer;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Pass: the light 1x1 convolutions of a value follow each other, so that they can go through a part
 * of the batch together.
 */
final class GroupSiblings {

  private GroupSiblings() {}

  static void run(PlanGraph graph) {
    Set<PlanNode> ordered = new LinkedHashSet<>();
    for (PlanNode node : graph.nodes) {
      ordered.add(node);
      if (node.lightPointwise()) {
        for (PlanNode other : graph.nodes) {
          if (other.lightPointwise() && other.inputs.equals(node.inputs)) {
            ordered.add(other);
          }
        }
      }
    }
    graph.nodes.clear();
    graph.nodes.addAll(ordered);
  }
}
