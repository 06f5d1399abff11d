package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code x} where positive, else {@code alpha x} (He et al. 2015): x [n, ...] and alpha of the
 * shape of a sample, in which a dimension of 1 stretches.
 */
public record Prelu() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 2);
    Shape x = inputs.get(0);
    Shape alpha = inputs.get(1);
    boolean fits = x.rank() == alpha.rank() + 1 && alpha.rank() > 0;
    for (int i = 0; fits && i < alpha.rank(); i++) {
      fits = alpha.dim(i) == 1 || alpha.dim(i) == x.dim(i + 1);
    }
    if (!fits) {
      throw new ShapeException(
          name() + ": expected an alpha for samples of " + x + ", found " + alpha);
    }
    return x;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor alpha = inputs.get(1);
    int columns = x.shape().dim(-1);
    int step = Broadcast.step(alpha.shape());
    Shape stretched = alpha.shape().prepend(1);
    compute
        .loop()
        .forRange(
            x.size() / columns,
            ParallelLoop.grain(4 * columns),
            (from, to) -> {
              for (int row = from; row < to; row++) {
                int a = alpha.offset() + Broadcast.rowStart(stretched, x.shape(), row);
                for (int i = row * columns; i < (row + 1) * columns; i++) {
                  float value = x.data()[x.offset() + i];
                  output.data()[output.offset() + i] = value > 0 ? value : alpha.data()[a] * value;
                  a += step;
                }
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
    Tensor x = inputs.get(0);
    Tensor alpha = inputs.get(1);
    Tensor dx = inputGradients.get(0);
    Tensor dAlpha = inputGradients.get(1);
    int columns = x.shape().dim(-1);
    int step = Broadcast.step(alpha.shape());
    Shape stretched = alpha.shape().prepend(1);
    double[] sums = new double[alpha.size()];
    for (int row = 0; row < x.size() / columns; row++) {
      int a = Broadcast.rowStart(stretched, x.shape(), row);
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        float value = x.data()[x.offset() + i];
        float dy = outputGradient.data()[outputGradient.offset() + i];
        if (dx != null) {
          dx.data()[dx.offset() + i] += value > 0 ? dy : alpha.data()[alpha.offset() + a] * dy;
        }
        sums[a] += value > 0 ? 0 : (double) value * dy;
        a += step;
      }
    }
    for (int i = 0; dAlpha != null && i < sums.length; i++) {
      dAlpha.data()[dAlpha.offset() + i] += (float) sums[i];
    }
  }
}
