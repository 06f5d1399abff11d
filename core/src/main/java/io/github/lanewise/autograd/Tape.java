package io.github.lanewise.autograd;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies ops and records those that lead from a watched tensor, so that {@link #gradients} can go
 * back over them. Below the first watched tensor nothing is recorded and nothing kept. For one
 * thread, and for one forward pass.
 */
public final class Tape {

  /** One op applied. */
  public record Entry(Op op, List<Tensor> inputs, Tensor output) {}

  private final Compute compute;
  private final Set<Tensor> tracked = new HashSet<>();
  private final Set<Tensor> watched = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Tensor, Entry> producers = new HashMap<>();
  private @Nullable Entry last;

  /** An empty tape whose ops are computed by {@code compute}. */
  public Tape(Compute compute) {
    this.compute = compute;
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
    Shape shape = op.outputShape(inputs.stream().map(Tensor::shape).toList());
    Tensor output = Tensor.zeros(shape);
    op.forward(compute, inputs, output);
    Entry entry = new Entry(op, List.copyOf(inputs), output);
    last = entry;
    if (inputs.stream().anyMatch(tracked::contains)) {
      tracked.add(output);
      entries.add(entry);
      producers.put(output, entry);
    }
    return output;
  }

  /**
   * The application whose output this tensor is, if it was recorded or is the latest; else null.
   */
  public @Nullable Entry producer(Tensor output) {
    return last != null && last.output() == output ? last : producers.get(output);
  }

  /** The number of recorded applications. */
  public int size() {
    return entries.size();
  }

  /**
   * The gradients of a scalar with respect to the watched tensors that it depends on.
   *
   * @throws ShapeException if {@code of} has more than one element
   * @throws IllegalArgumentException if {@code of} depends on no watched tensor
   */
  public Gradients gradients(Tensor of) {
    return gradients(of, new Gradients());
  }

  /**
   * As {@link #gradients(Tensor)}, in the memory of gradients that are no longer needed: those of
   * the step before.
   *
   * @return {@code reused}, with the new gradients
   */
  public Gradients gradients(Tensor of, Gradients reused) {
    if (of.size() != 1) {
      throw new ShapeException("gradients: expected a scalar, found " + of.shape());
    }
    if (!tracked.contains(of)) {
      throw new IllegalArgumentException("gradients: the scalar depends on no watched tensor");
    }
    Gradients gradients = reused;
    gradients.retire(watched);
    gradients.put(of, Tensor.full(of.shape(), 1));
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (!gradients.contains(entry.output())) {
        continue;
      }
      Tensor outputGradient = gradients.get(entry.output());
      List<@Nullable Tensor> inputGradients = new ArrayList<>();
      for (Tensor input : entry.inputs()) {
        inputGradients.add(tracked.contains(input) ? gradients.accumulator(input) : null);
      }
      entry.op().backward(compute, entry.inputs(), entry.output(), outputGradient, inputGradients);
      if (!watched.contains(entry.output())) {
        gradients.remove(entry.output());
      }
    }
    return gradients;
  }
}
