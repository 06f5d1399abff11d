package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;

/** Maximum over windows. */
final class ScalarMaxPool2d {

  private ScalarMaxPool2d() {}

  static void maxPool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    loop.forRange(
        g.batch() * g.outputHeight(),
        ParallelLoop.grain(g.operationsPerOutputRow()),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int image = row / g.outputHeight();
            int oy = row % g.outputHeight();
            for (int ox = 0; ox < g.outputWidth(); ox++) {
              int out = outputOffset + g.outputIndex(image, oy, ox);
              window(g, input, inputOffset, image, oy, ox, output, out);
            }
          }
        });
  }

  private static void window(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      int image,
      int oy,
      int ox,
      float[] output,
      int out) {
    int right = g.windowRight(ox);
    int bottom = g.windowBottom(oy);
    int first = inputOffset + g.inputIndex(image, g.windowTop(oy), g.windowLeft(ox));
    System.arraycopy(input, first, output, out, g.channels());
    for (int y = g.windowTop(oy); y < bottom; y++) {
      for (int x = g.windowLeft(ox); x < right; x++) {
        int in = inputOffset + g.inputIndex(image, y, x);
        for (int c = 0; c < g.channels(); c++) {
          output[out + c] = Math.max(output[out + c], input[in + c]);
        }
      }
    }
  }

  static void maxPool2dGradient(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    ChannelBlocks.forEach(
        g,
        loop,
        (image, fromChannel, toChannel) -> {
          for (int oy = 0; oy < g.outputHeight(); oy++) {
            for (int ox = 0; ox < g.outputWidth(); ox++) {
              int out = g.outputIndex(image, oy, ox);
              for (int c = fromChannel; c < toChannel; c++) {
                float maximum = output[outputOffset + out + c];
                int in = first(g, input, inputOffset + c, image, oy, ox, maximum);
                inputGradient[inputGradientOffset + in + c] +=
                    outputGradient[outputGradientOffset + out + c];
              }
            }
          }
        });
  }

  /** Index of the first input pixel of a window that holds the maximum; NaN is the maximum. */
  private static int first(
      Pool2dGeometry g, float[] input, int offset, int image, int oy, int ox, float maximum) {
    int right = g.windowRight(ox);
    int bottom = g.windowBottom(oy);
    for (int y = g.windowTop(oy); y < bottom; y++) {
      for (int x = g.windowLeft(ox); x < right; x++) {
        int in = g.inputIndex(image, y, x);
        float value = input[offset + in];
        if (value == maximum || Float.isNaN(value)) {
          return in;
        }
      }
    }
    throw new IllegalArgumentException("output: not the maxima of this input");
  }
}
