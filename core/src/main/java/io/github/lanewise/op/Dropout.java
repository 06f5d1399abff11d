package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inverted dropout (Srivastava et al. 2014): each element becomes 0 with probability {@code rate},
 * else is divided by {@code 1 - rate}. Whether an element is dropped is a function of the seed and
 * its index, so that backward finds the same elements, whatever the number of threads.
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 */
public record Dropout(double rate, long seed) implements Op {

  private static final int GRAIN = 16384;

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "Dropout: expected a rate of at least 0 and below 1, found " + rate);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return ShapeRules.single(this, inputs);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    float scale = scale();
    compute
        .loop()
        .forRange(
            x.size(),
            GRAIN,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                output.data()[output.offset() + i] = kept(i) ? x.data()[x.offset() + i] * scale : 0;
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
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    float scale = scale();
    compute
        .loop()
        .forRange(
            dx.size(),
            GRAIN,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                if (kept(i)) {
                  dx.data()[dx.offset() + i] +=
                      outputGradient.data()[outputGradient.offset() + i] * scale;
                }
              }
            });
  }

  private float scale() {
    return (float) (1 / (1 - rate));
  }

  private boolean kept(int index) {
    return CounterRandom.uniform(seed, index) >= rate;
  }
}
