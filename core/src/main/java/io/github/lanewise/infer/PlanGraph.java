package io.github.lanewise.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values of a plan under construction: the inputs, then the others after what they need. */
final class PlanGraph {

  final List<PlanNode> inputs;
  List<PlanNode> nodes;
  final List<PlanNode> outputs;

  PlanGraph(List<PlanNode> inputs, List<PlanNode> nodes, List<PlanNode> outputs) {
    this.inputs = List.copyOf(inputs);
    this.nodes = new ArrayList<>(nodes);
    this.outputs = new ArrayList<>(outputs);
  }

  /** The nodes that take this one as an input. */
  List<PlanNode> consumers(PlanNode of) {
    return nodes.stream().filter(n -> n.inputs.contains(of)).toList();
  }

  /** Whether {@code consumer} alone uses {@code node}, once, and the caller does not see it. */
  boolean usedOnlyBy(PlanNode node, PlanNode consumer) {
    return !outputs.contains(node)
        && consumers(node).equals(List.of(consumer))
        && Collections.frequency(consumer.inputs, node) == 1;
  }

  /** Makes everything that uses {@code old} use {@code replacement}, and drops {@code old}. */
  void replace(PlanNode old, PlanNode replacement) {
    for (PlanNode node : nodes) {
      node.inputs.replaceAll(n -> n == old ? replacement : n);
    }
    outputs.replaceAll(n -> n == old ? replacement : n);
    nodes.remove(old);
  }

  /** Drops what no output needs. */
  void removeUnused() {
    Set<PlanNode> used = new HashSet<>();
    used.addAll(outputs);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (used.contains(nodes.get(i))) {
        used.addAll(nodes.get(i).inputs);
      }
    }
    nodes.removeIf(n -> n.op != null && !used.contains(n));
  }
}
