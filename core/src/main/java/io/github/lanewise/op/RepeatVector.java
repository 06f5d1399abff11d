package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same vector several times: x [batch, c] to [batch, n, c]. */
public record RepeatVector(int n) implements Op {

  /**
   * An op that repeats so many times.
   *
   * @throws IllegalArgumentException if {@code n} is less than 1
   */
  public RepeatVector {
    ShapeRules.atLeast(1, RepeatVector.class, "n", n);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 2, "an input [n, c]");
    return Shape.of(x.dim(0), n, x.dim(1));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int width = x.shape().dim(1);
    for (int row = 0; row < output.shape().dim(0) * n; row++) {
      int from = x.offset() + row / n * width;
      System.arraycopy(x.data(), from, output.data(), output.offset() + row * width, width);
    }
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
    int width = dx.shape().dim(1);
    for (int row = 0; row < output.shape().dim(0) * n; row++) {
      int from = outputGradient.offset() + row * width;
      int to = dx.offset() + row / n * width;
      for (int c = 0; c < width; c++) {
        dx.data()[to + c] += outputGradient.data()[from + c];
      }
    }
  }
}
