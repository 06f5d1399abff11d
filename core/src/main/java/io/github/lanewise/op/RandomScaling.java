package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each element times a random factor: a function of the seed and the element's place, so that
 * backward finds the same factors, whatever the number of threads.
 */
interface RandomScaling extends Op {

  /** The factor of a draw; an element whose factor is 0 becomes 0, whatever it was. */
  float factor(int draw);

  /** The draw that decides over an element: by default each has its own. */
  default int drawOf(int element, Shape shape) {
    return element;
  }

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
            ParallelLoop.grain(ElementwiseOp.OPERATIONS),
            (from, to) -> {
              for (int i = from; i < to; i++) {
                float factor = factor(drawOf(i, x.shape()));
                output.data()[output.offset() + i] =
                    factor == 0 ? 0 : x.data()[x.offset() + i] * factor;
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
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    compute
        .loop()
        .forRange(
            dx.size(),
            ParallelLoop.grain(ElementwiseOp.OPERATIONS),
            (from, to) -> {
              for (int i = from; i < to; i++) {
                float factor = factor(drawOf(i, dx.shape()));
                if (factor != 0) {
                  dx.data()[dx.offset() + i] +=
                      outputGradient.data()[outputGradient.offset() + i] * factor;
                }
              }
            });
  }

  @Override
  default boolean backwardReads(int input) {
    return false;
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }
}
