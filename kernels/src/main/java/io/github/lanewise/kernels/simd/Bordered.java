package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/**
 * The input of a convolution with its border of zeros, as the convolution reaches it: the input
 * itself where there is no border, else a copy.
 *
 * @param data the array
 * @param offset of the first pixel
 * @param imageStride floats from image to image
 * @param rowStride floats from row to row
 * @param pixelStride floats from pixel to pixel
 * @param copy makes the copy, or does nothing where there is none
 */
record Bordered(
    float[] data, int offset, int imageStride, int rowStride, int pixelStride, Runnable copy) {

  /** Floats of the copy; 0 where none is needed. */
  static int size(Conv2dGeometry g) {
    return g.padded()
        ? Math.multiplyExact(g.batch() * g.reachedHeight() * g.reachedWidth(), g.inputChannels())
        : 0;
  }

  static Bordered of(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    if (!g.padded()) {
      int row = g.inputWidth() * g.inputPixelStride();
      return new Bordered(
          input, inputOffset, g.inputHeight() * row, row, g.inputPixelStride(), () -> {});
    }
    int row = g.reachedWidth() * g.inputChannels();
    int rows = g.batch() * g.reachedHeight();
    int grain = ParallelLoop.grain(row);
    int stretches = ParallelLoop.stretches(rows, grain);
    ParallelLoop.Task task =
        ParallelLoop.ofStretches(
            rows,
            grain,
            (from, to) -> {
              for (int r = from; r < to; r++) {
                copyRow(g, r, input, inputOffset, workspace, workspaceOffset + r * row);
              }
            });
    return new Bordered(
        workspace,
        workspaceOffset,
        g.reachedHeight() * row,
        row,
        g.inputChannels(),
        () -> loop.forEach(stretches, task));
  }

  private static void copyRow(
      Conv2dGeometry g, int row, float[] input, int inputOffset, float[] to, int at) {
    int channels = g.inputChannels();
    int end = at + g.reachedWidth() * channels;
    int y = row % g.reachedHeight() - g.padTop();
    if (y < 0 || y >= g.inputHeight()) {
      Arrays.fill(to, at, end, 0);
      return;
    }
    int image = row / g.reachedHeight();
    int from = inputOffset + (image * g.inputHeight() + y) * g.inputWidth() * g.inputPixelStride();
    int before = Math.min(g.padLeft(), g.reachedWidth());
    int left = at + before * channels;
    int pixels = Math.min(g.inputWidth(), g.reachedWidth() - before);
    Arrays.fill(to, at, left, 0);
    if (g.inputPixelStride() == channels) {
      System.arraycopy(input, from, to, left, pixels * channels);
    } else {
      for (int x = 0; x < pixels; x++) {
        System.arraycopy(input, from + x * g.inputPixelStride(), to, left + x * channels, channels);
      }
    }
    Arrays.fill(to, left + pixels * channels, end, 0);
  }

  /** Where the windows of output pixels start; pixels are counted through the whole batch. */
  void windowStarts(Conv2dGeometry g, int fromPixel, int toPixel, int[] starts) {
    int ox = fromPixel % g.outputWidth();
    int oy = fromPixel / g.outputWidth() % g.outputHeight();
    int image = fromPixel / g.outputWidth() / g.outputHeight();
    for (int i = 0; i < toPixel - fromPixel; i++) {
      starts[i] =
          offset
              + image * imageStride
              + oy * g.strideHeight() * rowStride
              + ox * g.strideWidth() * pixelStride;
      ox++;
      if (ox == g.outputWidth()) {
        ox = 0;
        oy++;
        if (oy == g.outputHeight()) {
          oy = 0;
          image++;
        }
      }
    }
  }

  /** The same of all output pixels, in this order. */
  int[] windowStarts(Conv2dGeometry g, int[] order) {
    int[] starts = new int[order.length];
    windowStarts(g, 0, order.length, starts);
    return Arrays.stream(order).map(pixel -> starts[pixel]).toArray();
  }
}
