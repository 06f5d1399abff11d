package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enlarges pictures by whole factors: x [n, h, w, c] to [n, h * height, w * width, c]. Each pixel
 * is repeated, or interpolated between pixels' centres as {@code tf.image.resize} does with {@code
 * half_pixel_centers}: output pixel i lies at {@code (i + 0.5) / factor - 0.5}, cut to the picture.
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
    Tensor x = inputs.get(0);
    int channels = x.shape().dim(3);
    compute
        .loop()
        .forEach(
            output.shape().dim(0) * output.shape().dim(1),
            row ->
                eachTap(
                    x.shape(),
                    output.shape(),
                    row,
                    (from, to, share, first) -> {
                      for (int c = 0; c < channels; c++) {
                        float value = share * x.data()[x.offset() + from + c];
                        int at = output.offset() + to + c;
                        output.data()[at] = first ? value : output.data()[at] + value;
                      }
                    }));
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
    int channels = dx.shape().dim(3);
    for (int row = 0; row < output.shape().dim(0) * output.shape().dim(1); row++) {
      eachTap(
          dx.shape(),
          output.shape(),
          row,
          (from, to, share, first) -> {
            for (int c = 0; c < channels; c++) {
              dx.data()[dx.offset() + from + c] +=
                  share * outputGradient.data()[outputGradient.offset() + to + c];
            }
          });
    }
  }

  /** What one input pixel gives to one output pixel. */
  private interface Tap {
    void add(int from, int to, float share, boolean first);
  }

  /** All taps of a row of output pixels; rows count through the batch. */
  private void eachTap(Shape x, Shape y, int row, Tap tap) {
    int image = row / y.dim(1);
    float atY = source(row % y.dim(1), height, x.dim(1));
    int top = (int) atY;
    int bottom = Math.min(top + 1, x.dim(1) - 1);
    for (int ox = 0; ox < y.dim(2); ox++) {
      float atX = source(ox, width, x.dim(2));
      int left = (int) atX;
      int right = Math.min(left + 1, x.dim(2) - 1);
      int to = (row * y.dim(2) + ox) * y.dim(3);
      float down = atY - top;
      float across = atX - left;
      tap.add(index(x, image, top, left), to, (1 - down) * (1 - across), true);
      if (across > 0) {
        tap.add(index(x, image, top, right), to, (1 - down) * across, false);
      }
      if (down > 0) {
        tap.add(index(x, image, bottom, left), to, down * (1 - across), false);
      }
      if (down > 0 && across > 0) {
        tap.add(index(x, image, bottom, right), to, down * across, false);
      }
    }
  }

  private float source(int output, int factor, int size) {
    if (!bilinear) {
      return Math.floorDiv(output, factor);
    }
    return Math.min(size - 1, Math.max(0, (output + 0.5f) / factor - 0.5f));
  }

  private static int index(Shape x, int image, int row, int column) {
    return ((image * x.dim(1) + row) * x.dim(2) + column) * x.dim(3);
  }
}
