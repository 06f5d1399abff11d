package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/**
 * Pictures [n, h, w, c] at another size, as {@code tf.image.resize} makes them with half-pixel
 * centres and without antialiasing ({@code tensorflow/core/kernels/image}): output pixel i lies at
 * {@code (i + 0.5) input / output - 0.5} of the input, cut to it. Either the pixel into which that
 * falls is taken or, bilinear, it is interpolated between the two nearest in each direction.
 */
record Resampling(boolean bilinear) {

  /** What one input pixel gives to one output pixel. */
  private interface Tap {
    void add(int from, int to, float share, boolean first);
  }

  /** Writes a picture y of x. */
  void forward(Compute compute, Tensor x, Tensor y) {
    int channels = x.shape().dim(3);
    compute
        .loop()
        .forEach(
            y.shape().dim(0) * y.shape().dim(1),
            row ->
                eachTap(
                    x.shape(),
                    y.shape(),
                    row,
                    (from, to, share, first) -> {
                      for (int c = 0; c < channels; c++) {
                        float value = share * x.data()[x.offset() + from + c];
                        int at = y.offset() + to + c;
                        y.data()[at] = first ? value : y.data()[at] + value;
                      }
                    }));
  }

  /** Adds to the gradient of x. */
  void backward(Tensor dy, Tensor dx) {
    int channels = dx.shape().dim(3);
    for (int row = 0; row < dy.shape().dim(0) * dy.shape().dim(1); row++) {
      eachTap(
          dx.shape(),
          dy.shape(),
          row,
          (from, to, share, first) -> {
            for (int c = 0; c < channels; c++) {
              dx.data()[dx.offset() + from + c] += share * dy.data()[dy.offset() + to + c];
            }
          });
    }
  }

  /** All taps of a row of output pixels; rows count through the batch. */
  private void eachTap(Shape x, Shape y, int row, Tap tap) {
    int image = row / y.dim(1);
    float atY = source(row % y.dim(1), x.dim(1), y.dim(1));
    int top = (int) atY;
    int bottom = Math.min(top + 1, x.dim(1) - 1);
    for (int ox = 0; ox < y.dim(2); ox++) {
      float atX = source(ox, x.dim(2), y.dim(2));
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

  private float source(int place, int input, int output) {
    float at = (place + 0.5f) * ((float) input / output);
    return Math.min(input - 1, bilinear ? Math.max(0, at - 0.5f) : (int) at);
  }

  private static int index(Shape x, int image, int row, int column) {
    return ((image * x.dim(1) + row) * x.dim(2) + column) * x.dim(3);
  }
}
