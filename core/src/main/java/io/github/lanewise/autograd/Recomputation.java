package io.github.lanewise.autograd;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.profile.LayerEvent;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The segments of a tape, and what is computed again of them on the way back. A tensor that was
 * given up stays the name of its values, by which its gradient is found; {@link #value} says where
 * they are.
 */
final class Recomputation {

  private final Compute compute;
  private final TensorPool pool;

  /** The first entry of each segment, by its last. */
  private final Map<Integer, Integer> segments = new HashMap<>();

  /** The first entry of the segment under way, or -1. */
  private int begun = -1;

  /** What the entries of the segment under way computed. */
  private final Set<Tensor> inside = new HashSet<>();

  private final Map<Tensor, Tensor> values = new HashMap<>();

  /** No segments yet. */
  Recomputation(Compute compute, TensorPool pool) {
    this.compute = compute;
    this.pool = pool;
  }

  /** Begins a segment with the entry of this number. */
  void begin(int entry) {
    begun = entry;
  }

  /** Ends the segment before the entry of this number. */
  void end(int entry) {
    if (begun < 0) {
      throw new IllegalStateException("endSegment: expected a segment under way, found none");
    }
    if (begun < entry) {
      segments.put(entry - 1, begun);
    }
    inside.clear();
    begun = -1;
  }

  void requireNoSegment(String where) {
    if (begun >= 0) {
      throw new IllegalStateException(where + ": expected no segment under way, found one");
    }
  }

  /** What must be held for the way back because of this new entry. */
  List<Tensor> reads(Tape.Entry entry) {
    if (begun < 0) {
      return entry.readBack();
    }
    inside.add(entry.output());
    return entry.inputs().stream().filter(input -> !inside.contains(input)).toList();
  }

  /**
   * Where the last of these entries ends a segment: computes again what the way back over the
   * segment reads and is not held, and what that takes.
   *
   * @param entries those that the way back has not passed
   */
  void before(List<Tape.Entry> entries, Set<Tensor> held) {
    Integer first = segments.get(entries.size() - 1);
    if (first == null) {
      return;
    }
    Set<Tensor> read = new HashSet<>();
    Map<Tensor, Integer> uses = new HashMap<>();
    Deque<Tape.Entry> again = new ArrayDeque<>();
    for (int i = entries.size() - 1; i >= first; i--) {
      Tape.Entry entry = entries.get(i);
      Tensor output = entry.output();
      read.addAll(entry.readBack());
      if (!held.contains(output) && (read.contains(output) || uses.containsKey(output))) {
        again.push(entry);
        entry.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
    for (Tape.Entry entry : again) {
      forward(entry);
      for (Tensor input : entry.inputs()) {
        if (uses.merge(input, -1, Integer::sum) == 0 && !read.contains(input)) {
          release(input);
        }
      }
    }
  }

  private void forward(Tape.Entry entry) {
    Tensor output = pool.take(entry.output().shape());
    LayerEvent event = Profile.layer();
    entry.op().forwardAgain(compute, values(entry.inputs()), output);
    if (event != null) {
      event.stop();
      event.record(
          entry.layer(), entry.op().name(), LayerEvent.Pass.RECOMPUTATION, output.shape(), "");
    }
    values.put(entry.output(), output);
  }

  /** Where the values of this tensor are now. */
  Tensor value(Tensor of) {
    return values.getOrDefault(of, of);
  }

  /** Where the values of these tensors are now. */
  List<Tensor> values(List<Tensor> of) {
    return of.stream().map(this::value).toList();
  }

  /** Forgets the segments. */
  void clear() {
    segments.clear();
  }

  /** Gives up what was computed again of this tensor, if anything was. */
  void release(Tensor of) {
    Tensor value = values.remove(of);
    if (value != null) {
      pool.release(value);
    }
  }
}
