package io.github.lanewise.autograd;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.UpdatingOp;
import io.github.lanewise.profile.LayerEvent;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies ops and records those that lead from a watched tensor, so that {@link #gradients} can go
 * back over them. Below the first watched tensor nothing is recorded and nothing kept. For one
 * thread, and for one forward pass.
 */
public final class Tape {

  /**
   * One op applied.
   *
   * @param layer the name of the layer that applied it, empty if none did
   */
  public record Entry(Op op, List<Tensor> inputs, Tensor output, String layer) {

    /** The tensors that backward reads the values of. */
    List<Tensor> readBack() {
      List<Tensor> read = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (op.backwardReads(i)) {
          read.add(inputs.get(i));
        }
      }
      if (op.backwardReadsOutput()) {
        read.add(output);
      }
      return read;
    }
  }

  private final Compute compute;
  private final TensorPool pool;
  private final Set<Tensor> tracked = new HashSet<>();
  private final Set<Tensor> watched = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Tensor, Entry> producers = new HashMap<>();

  /** What the ops computed that is not given up. */
  private final Set<Tensor> held = new HashSet<>();

  /** What the way back reads the values of, unless it computes them again. */
  private final Set<Tensor> read = new HashSet<>();

  /** What is given up at the next application, unless that uses it. */
  private final Set<Tensor> released = new HashSet<>();

  private final Recomputation recomputation;
  private @Nullable Entry last;

  /** An empty tape whose ops are computed by {@code compute}. */
  public Tape(Compute compute) {
    this(compute, new TensorPool());
  }

  /** The same in the memory of a pool, to which {@link #update} gives it back. */
  public Tape(Compute compute, TensorPool pool) {
    this.compute = compute;
    this.pool = pool;
    this.recomputation = new Recomputation(compute, pool);
  }

  /** What computes this tape's ops. */
  public Compute compute() {
    return compute;
  }

  /** Asks for the gradient with respect to this tensor. Call it before the tensor is used. */
  public void watch(Tensor tensor) {
    watched.add(tensor);
    tracked.add(tensor);
  }

  /**
   * Applies an op to tensors.
   *
   * @throws ShapeException if the shapes do not fit the op
   */
  public Tensor apply(Op op, Tensor... inputs) {
    return apply(op, List.of(inputs));
  }

  /**
   * Applies an op to tensors.
   *
   * @throws ShapeException if the shapes do not fit the op
   */
  public Tensor apply(Op op, List<Tensor> inputs) {
    return apply("", op, inputs);
  }

  /**
   * Applies an op of a layer to tensors.
   *
   * @param layer its name
   * @throws ShapeException if the shapes do not fit the op
   */
  public Tensor apply(String layer, Op op, List<Tensor> inputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    Shape shape = op.outputShape(shapes);
    inputs.forEach(released::remove);
    giveUpReleased();
    Tensor output = pool.take(shape);
    held.add(output);
    LayerEvent event = Profile.layer();
    op.forward(compute, inputs, output);
    if (event != null) {
      event.stop();
      String algorithm = op.algorithm(compute, shapes);
      event.record(layer, op.name(), LayerEvent.Pass.FORWARD, output.shape(), algorithm);
    }
    Entry entry = new Entry(op, List.copyOf(inputs), output, layer);
    last = entry;
    if (inputs.stream().anyMatch(tracked::contains)) {
      record(entry);
    }
    return output;
  }

  private void record(Entry entry) {
    tracked.add(entry.output());
    entries.add(entry);
    producers.put(entry.output(), entry);
    read.addAll(recomputation.reads(entry));
  }

  /**
   * Begins a segment, which {@link #endSegment} ends: what it applies is computed again on the way
   * back, to the same bits (gradient checkpointing; Chen et al. 2016, <a
   * href="https://arxiv.org/abs/1604.06174">Training Deep Nets with Sublinear Memory Cost</a>). Of
   * its outputs only those are kept that are not {@link #release released}, or used after it.
   *
   * @throws IllegalStateException if a segment is under way
   */
  public void beginSegment() {
    recomputation.requireNoSegment("beginSegment");
    recomputation.begin(entries.size());
  }

  /**
   * Ends the segment under way.
   *
   * @throws IllegalStateException if there is none
   */
  public void endSegment() {
    recomputation.end(entries.size());
  }

  /**
   * Tells that the caller will neither read this tensor nor apply an op to it any more. Where the
   * way back does not need its values either, or computes them again, its memory is for the tensors
   * to come, from the next application on; not if that uses the tensor after all. Does nothing for
   * what this tape did not compute, or watches.
   */
  public void release(Tensor tensor) {
    released.add(tensor);
  }

  private void giveUpReleased() {
    for (Tensor tensor : released) {
      if (!read.contains(tensor) && !watched.contains(tensor) && held.remove(tensor)) {
        pool.release(tensor);
      }
    }
    released.clear();
  }

  /**
   * The application whose output this tensor is, if it was recorded or is the latest; else null, as
   * where values of its inputs are given up after {@link #release}. They are not from now on.
   */
  public @Nullable Entry producer(Tensor output) {
    Entry entry = last != null && last.output() == output ? last : producers.get(output);
    if (entry == null) {
      return null;
    }
    entry.inputs().forEach(released::remove);
    boolean whole =
        entry.inputs().stream().allMatch(x -> held.contains(x) || !producers.containsKey(x));
    return whole ? entry : null;
  }

  /** The number of recorded applications. */
  public int size() {
    return entries.size();
  }

  /** The floats of all outputs that are not given up. */
  long heldFloats() {
    return held.stream().mapToLong(Tensor::size).sum();
  }

  /**
   * The gradients of a scalar with respect to the watched tensors that it depends on.
   *
   * @throws ShapeException if {@code of} has more than one element
   * @throws IllegalArgumentException if {@code of} depends on no watched tensor
   * @throws IllegalStateException if a segment is under way
   */
  public Gradients gradients(Tensor of) {
    requireScalar(of);
    Gradients gradients = new Gradients(pool);
    gradients.put(of, Tensor.full(of.shape(), 1));
    for (int i = entries.size() - 1; i >= 0; i--) {
      recomputation.before(entries.subList(0, i + 1), held);
      Entry entry = entries.get(i);
      if (gradients.contains(entry.output())) {
        backward(entry, gradients, tensor -> null);
      }
      recomputation.release(entry.output());
    }
    return gradients;
  }

  /**
   * Goes back as {@link #gradients(Tensor)} does, and applies the gradient of each watched tensor
   * that has an update as soon as it is whole and nothing on the way back needs the tensor any
   * more; then forgets it. An {@link UpdatingOp} never stores it. The weights get the same bits as
   * if they were updated at the end. What the tape's ops computed goes back to its pool on the way
   * and must not be used afterwards; the tape is then empty.
   *
   * @param updates what is done to a watched tensor
   * @throws ShapeException if {@code of} has more than one element
   * @throws IllegalArgumentException if {@code of} depends on no watched tensor
   * @throws IllegalStateException if a segment is under way
   */
  public void update(Tensor of, Function<Tensor, @Nullable WeightUpdate> updates) {
    requireScalar(of);
    Gradients gradients = new Gradients(pool);
    gradients.put(of, Tensor.full(of.shape(), 1));
    Map<Tensor, Integer> uses = new HashMap<>();
    for (Entry entry : entries) {
      for (Tensor input : entry.inputs()) {
        uses.merge(input, 1, Integer::sum);
      }
    }
    producers.clear();
    released.clear();
    last = null;
    while (!entries.isEmpty()) {
      recomputation.before(entries, held);
      Entry entry = entries.remove(entries.size() - 1);
      if (gradients.contains(entry.output())) {
        backward(
            entry,
            gradients,
            input -> uses.getOrDefault(input, 0) == 1 ? updates.apply(input) : null);
      }
      for (Tensor input : entry.inputs()) {
        boolean whole = uses.merge(input, -1, Integer::sum) == 0 && watched.contains(input);
        if (whole && gradients.contains(input)) {
          apply(updates.apply(input), input, gradients);
        }
      }
      if (!watched.contains(entry.output()) && held.remove(entry.output())) {
        pool.release(entry.output());
      }
      recomputation.release(entry.output());
    }
    recomputation.clear();
    tracked.clear();
    held.clear();
    read.clear();
  }

  private void requireScalar(Tensor of) {
    recomputation.requireNoSegment("gradients");
    if (of.size() != 1) {
      throw new ShapeException("gradients: expected a scalar, found " + of.shape());
    }
    if (!tracked.contains(of)) {
      throw new IllegalArgumentException("gradients: the scalar depends on no watched tensor");
    }
  }

  /**
   * Goes back over one application.
   *
   * @param updates of inputs that nothing else on the way back uses
   */
  private void backward(
      Entry entry, Gradients gradients, Function<Tensor, @Nullable WeightUpdate> updates) {
    LayerEvent event = Profile.layer();
    List<Tensor> inputs = entry.inputs();
    List<Tensor> values = recomputation.values(inputs);
    WeightUpdate update = null;
    int updated = -1;
    if (entry.op() instanceof UpdatingOp op && watched.contains(inputs.get(op.updatedInput()))) {
      updated = op.updatedInput();
      Tensor weights = inputs.get(updated);
      update = gradients.contains(weights) ? null : updates.apply(weights);
    }
    Tensor outputGradient = gradients.get(entry.output());
    List<@Nullable Tensor> inputGradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean wanted = tracked.contains(inputs.get(i)) && !(update != null && i == updated);
      inputGradients.add(wanted ? gradients.accumulator(inputs.get(i)) : null);
    }
    if (inputGradients.stream().anyMatch(Objects::nonNull)) {
      Tensor output = recomputation.value(entry.output());
      entry.op().backward(compute, values, output, outputGradient, inputGradients);
    }
    if (update != null && entry.op() instanceof UpdatingOp op) {
      op.update(compute, values, outputGradient, update);
    }
    if (event != null) {
      event.stop();
      Shape shape = entry.output().shape();
      event.record(entry.layer(), entry.op().name(), LayerEvent.Pass.BACKWARD, shape, "");
    }
    if (!watched.contains(entry.output())) {
      gradients.release(entry.output());
    }
  }

  private void apply(@Nullable WeightUpdate update, Tensor weights, Gradients gradients) {
    if (update != null) {
      Tensor gradient = gradients.get(weights);
      update.applyAll(gradient.size(), gradient.data(), gradient.offset(), compute.loop());
      gradients.release(weights);
    }
  }
}
