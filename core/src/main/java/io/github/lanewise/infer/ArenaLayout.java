package io.github.lanewise.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Last pass: where in one arena each value lies, so that values share memory when they are not
 * needed at the same time. Offsets and sizes are floats a sample; with a batch they are multiplied
 * by it.
 *
 * @param offsets of the values that own memory; inputs own none
 * @param size the arena's
 */
record ArenaLayout(Map<PlanNode, Integer> offsets, int size) {

  /** Keeps every value on a cache line and a page's vector boundary. */
  private static final int ALIGNMENT = 16;

  private record Block(PlanNode node, int size, int first, int last) {
    boolean overlaps(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  static ArenaLayout of(PlanGraph graph) {
    Map<PlanNode, int[]> lifetimes = lifetimes(graph);
    List<Block> blocks = new ArrayList<>();
    lifetimes.forEach(
        (node, life) -> {
          if (node.op != null) {
            int size = (node.shape.sizeOfRow() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            blocks.add(new Block(node, size, life[0], life[1]));
          }
        });
    blocks.sort(Comparator.comparingInt(Block::size).reversed().thenComparingInt(Block::first));
    Map<PlanNode, Integer> offsets = new HashMap<>();
    List<Block> placed = new ArrayList<>();
    int end = 0;
    for (Block block : blocks) {
      int offset = lowestGap(block, placed, offsets);
      offsets.put(block.node(), offset);
      placed.add(block);
      end = Math.max(end, offset + block.size());
    }
    return new ArenaLayout(offsets, end);
  }

  /** First and last step at which each memory-owning value holds something needed. */
  private static Map<PlanNode, int[]> lifetimes(PlanGraph graph) {
    Map<PlanNode, int[]> lifetimes = new LinkedHashMap<>();
    for (int step = 0; step < graph.nodes.size(); step++) {
      PlanNode node = graph.nodes.get(step);
      extend(lifetimes, node.storage(), step);
      for (PlanNode input : node.inputs) {
        extend(lifetimes, input.storage(), step);
      }
    }
    for (PlanNode output : graph.outputs) {
      extend(lifetimes, output.storage(), graph.nodes.size());
    }
    return lifetimes;
  }

  private static void extend(Map<PlanNode, int[]> lifetimes, PlanNode owner, int step) {
    int[] life = lifetimes.computeIfAbsent(owner, n -> new int[] {step, step});
    life[0] = Math.min(life[0], step);
    life[1] = Math.max(life[1], step);
  }

  private static int lowestGap(Block block, List<Block> placed, Map<PlanNode, Integer> offsets) {
    List<Block> rivals =
        placed.stream()
            .filter(block::overlaps)
            .sorted(Comparator.comparingInt(b -> offsets.getOrDefault(b.node(), 0)))
            .toList();
    int offset = 0;
    for (Block rival : rivals) {
      int start = offsets.getOrDefault(rival.node(), 0);
      if (offset + block.size() <= start) {
        break;
      }
      offset = Math.max(offset, start + rival.size());
    }
    return offset;
  }
}
