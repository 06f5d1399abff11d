package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts off a border: x [n, h, w, c] to [n, h - top - bottom, w - left - right, c]. */
public record Cropping2d(int top, int bottom, int left, int right) implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Cropping2d {
    ShapeRules.atLeast(0, Cropping2d.class, "cropping", top, bottom, left, right);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    if (x.dim(1) <= top + bottom || x.dim(2) <= left + right) {
      throw new ShapeException(name() + ": expected more pixels than are cut off, found " + x);
    }
    return Shape.of(x.dim(0), x.dim(1) - top - bottom, x.dim(2) - left - right, x.dim(3));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int width = output.shape().dim(2) * output.shape().dim(3);
    for (int row = 0; row < output.shape().dim(0) * output.shape().dim(1); row++) {
      int to = output.offset() + row * width;
      System.arraycopy(x.data(), x.offset() + rowStart(x, output, row), output.data(), to, width);
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
    int width = output.shape().dim(2) * output.shape().dim(3);
    for (int row = 0; row < output.shape().dim(0) * output.shape().dim(1); row++) {
      int to = dx.offset() + rowStart(dx, output, row);
      int from = outputGradient.offset() + row * width;
      for (int i = 0; i < width; i++) {
        dx.data()[to + i] += outputGradient.data()[from + i];
      }
    }
  }

  /** Where in the input a row of the output starts, from the tensor's first element. */
  private int rowStart(Tensor x, Tensor output, int row) {
    int height = output.shape().dim(1);
    int inputRow = row / height * x.shape().dim(1) + top + row % height;
    return (inputRow * x.shape().dim(2) + left) * x.shape().dim(3);
  }
}
