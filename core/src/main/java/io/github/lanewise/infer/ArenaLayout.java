package io.github.lanewise.infer;

import io.github.lanewise.infer.SplitBatch.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Last pass: where each value lies, so that values share memory when they are not needed at the
 * same time. A value that one stretch alone produces and uses lies in the memory of the stretches,
 * which has room for the samples that go through a stretch together; the others lie in the arena,
 * which has room for the batch. Offsets and sizes are floats a sample.
 *
 * @param offsets of the values that own memory
 * @param local the values that lie in the memory of their stretch
 * @param size the arena's
 * @param localSizes the size of each stretch's memory
 */
record ArenaLayout(
    Map<PlanNode, Integer> offsets, Set<PlanNode> local, int size, List<Integer> localSizes) {

  /** Keeps every value on a cache line and a page's vector boundary. */
  private static final int ALIGNMENT = 16;

  private record Block(PlanNode node, int size, int first, int last) {
    boolean overlaps(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  static ArenaLayout of(PlanGraph graph, List<Stretch> stretches) {
    List<Block> shared = new ArrayList<>();
    List<List<Block>> byStretch = new ArrayList<>();
    stretches.forEach(s -> byStretch.add(new ArrayList<>()));
    lifetimes(graph)
        .forEach(
            (node, life) -> {
              int size = (node.shape.sizeOfRow() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
              for (int i = 0; i < stretches.size(); i++) {
                if (stretches.get(i).contains(life[0]) && stretches.get(i).contains(life[1])) {
                  byStretch.get(i).add(new Block(node, size, life[0], life[1]));
                  return;
                }
              }
              shared.add(new Block(node, size, begin(stretches, life[0]), end(stretches, life[1])));
            });
    Map<PlanNode, Integer> offsets = new HashMap<>();
    int size = place(shared, offsets);
    Set<PlanNode> local = new HashSet<>();
    List<Integer> localSizes = new ArrayList<>();
    for (List<Block> blocks : byStretch) {
      localSizes.add(place(blocks, offsets));
      blocks.forEach(b -> local.add(b.node()));
    }
    return new ArenaLayout(offsets, local, size, localSizes);
  }

  /**
   * The first step that is not surely before this one: a stretch runs all its steps for some
   * samples before it runs the first of them for the next.
   */
  private static int begin(List<Stretch> stretches, int step) {
    return stretches.stream()
        .filter(s -> s.contains(step) && s.samples() != SplitBatch.WHOLE)
        .mapToInt(Stretch::from)
        .findAny()
        .orElse(step);
  }

  /** The last step that is not surely behind this one. */
  private static int end(List<Stretch> stretches, int step) {
    return stretches.stream()
        .filter(s -> s.contains(step) && s.samples() != SplitBatch.WHOLE)
        .mapToInt(s -> s.to() - 1)
        .findAny()
        .orElse(step);
  }

  /** Places blocks, large ones first, and returns the size of the whole. */
  private static int place(List<Block> blocks, Map<PlanNode, Integer> offsets) {
    blocks.sort(Comparator.comparingInt(Block::size).reversed().thenComparingInt(Block::first));
    List<Block> placed = new ArrayList<>();
    int end = 0;
    for (Block block : blocks) {
      int offset = lowestGap(block, placed, offsets);
      offsets.put(block.node(), offset);
      placed.add(block);
      end = Math.max(end, offset + block.size());
    }
    return end;
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
