package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One differentiable operation: its hyper-parameters, shape rule, forward and backward. Ops are
 * records, so that two equal ops are equal and the inference compiler can recognise them. They hold
 * no tensors and no state; whatever backward needs it takes from inputs and output or recomputes.
 */
public interface Op {

  /** The op's name in messages. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The output's shape. A batch may be unknown, and is then unknown in the output.
   *
   * @throws io.github.lanewise.tensor.ShapeException naming the op, what was expected and found
   */
  Shape outputShape(List<Shape> inputs);

  /**
   * Computes {@code output}, of {@link #outputShape}, overwriting it. Inputs are dense unless
   * {@link #acceptsStrides}; so is the output. The output overlaps no input.
   */
  void forward(Compute compute, List<Tensor> inputs, Tensor output);

  /**
   * Computes {@code output} once more from the same inputs, on the way back: the bits of {@link
   * #forward}, without any side effect that it has.
   */
  default void forwardAgain(Compute compute, List<Tensor> inputs, Tensor output) {
    forward(compute, inputs, output);
  }

  /**
   * Adds to each gradient in {@code inputGradients} that is not null; they are in the order of the
   * inputs and of their shapes. All tensors are dense.
   *
   * @param output what {@link #forward} computed
   * @param outputGradient the loss's gradient with respect to the output; not to be changed
   */
  void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients);

  /**
   * Whether {@link #backward} reads the values of this input, rather than its shape alone. An input
   * that nothing reads any more is given up before backward.
   */
  default boolean backwardReads(int input) {
    return true;
  }

  /** Whether {@link #backward} reads the values of the output, as {@link #backwardReads}. */
  default boolean backwardReadsOutput() {
    return true;
  }

  /**
   * The algorithm of {@link #forward} for inputs of these shapes, for people to read; empty where
   * there is one only.
   */
  default String algorithm(Compute compute, List<Shape> inputs) {
    return "";
  }

  /** Whether forward takes a first input and an output that are slices of channels. */
  default boolean acceptsStrides() {
    return false;
  }
}
