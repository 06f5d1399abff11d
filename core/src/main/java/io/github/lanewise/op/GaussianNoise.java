package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each element a normal number of mean 0, a function of the seed and the element's index.
 *
 * @param stddev the standard deviation, 0 or more
 * @param seed a new one for each step of training
 */
public record GaussianNoise(double stddev, long seed) implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the standard deviation is negative or no number
   */
  public GaussianNoise {
    if (!(stddev >= 0)) {
      throw new IllegalArgumentException(
          "GaussianNoise: expected a stddev of at least 0, found " + stddev);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return ShapeRules.single(this, inputs);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    compute
        .loop()
        .forRange(
            x.size(),
            ParallelLoop.grain(ElementwiseOp.OPERATIONS),
            (from, to) -> {
              for (int i = from; i < to; i++) {
                output.data()[output.offset() + i] =
                    (float) (x.data()[x.offset() + i] + stddev * CounterRandom.normal(seed, i));
              }
            });
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Gradient.add(compute, 1, outputGradient, inputGradients.get(0));
  }
}
