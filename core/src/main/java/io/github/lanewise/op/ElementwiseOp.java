package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of one number, applied to each element: a tensor of any shape to one like it. */
interface ElementwiseOp extends Op {

  /** Operations of one element, roughly: an exponential is worth some tens. */
  int OPERATIONS = 32;

  /** The function. */
  double value(double x);

  /**
   * The function's derivative.
   *
   * @param y {@code value(x)}
   */
  double slope(double x, double y);

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return ShapeRules.single(this, inputs);
  }

  @Override
  default void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    compute
        .loop()
        .forRange(
            x.size(),
            ParallelLoop.grain(OPERATIONS),
            (from, to) -> {
              for (int i = from; i < to; i++) {
                output.data()[output.offset() + i] = (float) value(x.data()[x.offset() + i]);
              }
            });
  }

  @Override
  default void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor x = inputs.get(0);
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    compute
        .loop()
        .forRange(
            x.size(),
            ParallelLoop.grain(OPERATIONS),
            (from, to) -> {
              for (int i = from; i < to; i++) {
                double slope = slope(x.data()[x.offset() + i], output.data()[output.offset() + i]);
                dx.data()[dx.offset() + i] +=
                    (float) (outputGradient.data()[outputGradient.offset() + i] * slope);
              }
            });
  }
}
