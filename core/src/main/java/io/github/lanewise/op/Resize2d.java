package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures brought to one size, as {@link Resampling} says: x [n, h, w, c] to [n, height, width,
 * c].
 *
 * @param bilinear whether to interpolate rather than to take the nearest pixel
 */
public record Resize2d(int height, int width, boolean bilinear) implements Op {

  /**
   * An op with this size.
   *
   * @throws IllegalArgumentException if a side is less than 1
   */
  public Resize2d {
    ShapeRules.atLeast(1, Resize2d.class, "a size", height, width);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    return Shape.of(x.dim(0), height, width, x.dim(3));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    new Resampling(bilinear).forward(compute, inputs.get(0), output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      new Resampling(bilinear).backward(outputGradient, dx);
    }
  }
}
