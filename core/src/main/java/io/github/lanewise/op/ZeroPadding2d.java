package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A border of zeros: x [n, h, w, c] to [n, top + h + bottom, left + w + right, c]. */
public record ZeroPadding2d(int top, int bottom, int left, int right) implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding2d {
    ShapeRules.atLeast(0, ZeroPadding2d.class, "padding", top, bottom, left, right);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    return Shape.of(x.dim(0), top + x.dim(1) + bottom, left + x.dim(2) + right, x.dim(3));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Arrays.fill(output.data(), output.offset(), output.offset() + output.size(), 0);
    int width = x.shape().dim(2) * x.shape().dim(3);
    for (int row = 0; row < x.shape().dim(0) * x.shape().dim(1); row++) {
      System.arraycopy(
          x.data(), x.offset() + row * width, output.data(), rowStart(x, output, row), width);
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
    int width = dx.shape().dim(2) * dx.shape().dim(3);
    for (int row = 0; row < dx.shape().dim(0) * dx.shape().dim(1); row++) {
      int from = rowStart(dx, outputGradient, row);
      for (int i = 0; i < width; i++) {
        dx.data()[dx.offset() + row * width + i] += outputGradient.data()[from + i];
      }
    }
  }

  /** Where in the output a row of the input starts. */
  private int rowStart(Tensor x, Tensor output, int row) {
    int height = x.shape().dim(1);
    int outputRow = row / height * output.shape().dim(1) + top + row % height;
    return output.offset() + (outputRow * output.shape().dim(2) + left) * output.shape().dim(3);
  }
}
