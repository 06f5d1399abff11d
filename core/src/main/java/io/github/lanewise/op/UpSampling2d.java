package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enlarges pictures by whole factors: x [n, h, w, c] to [n, h * height, w * width, c]. Each pixel
 * is repeated, or interpolated between pixels' centres as {@link Resampling} says.
 *
 * @param bilinear whether to interpolate
 */
public record UpSampling2d(int height, int width, boolean bilinear) implements Op {

  /**
   * An op with these factors.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public UpSampling2d {
    ShapeRules.atLeast(1, UpSampling2d.class, "size", height, width);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    return Shape.of(x.dim(0), x.dim(1) * height, x.dim(2) * width, x.dim(3));
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
