package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import java.util.Arrays;

/** Average over the part of each window that lies inside the input. */
final class ScalarAveragePool2d {

  private ScalarAveragePool2d() {}

  static void averagePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
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
              window(g, input, inputOffset, image, oy, ox, relu, output, out);
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
      boolean relu,
      float[] output,
      int out) {
    int right = g.windowRight(ox);
    int bottom = g.windowBottom(oy);
    Arrays.fill(output, out, out + g.channels(), 0);
    for (int y = g.windowTop(oy); y < bottom; y++) {
      for (int x = g.windowLeft(ox); x < right; x++) {
        int in = inputOffset + g.inputIndex(image, y, x);
        for (int c = 0; c < g.channels(); c++) {
          output[out + c] += input[in + c];
        }
      }
    }
    float scale = scale(g, oy, ox);
    for (int c = 0; c < g.channels(); c++) {
      float average = output[out + c] * scale;
      output[out + c] = relu && average < 0 ? 0 : average;
    }
  }

  static void averagePool2dGradient(
      Pool2dGeometry g,
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
              int out = outputGradientOffset + g.outputIndex(image, oy, ox);
              float scale = scale(g, oy, ox);
              for (int y = g.windowTop(oy); y < g.windowBottom(oy); y++) {
                for (int x = g.windowLeft(ox); x < g.windowRight(ox); x++) {
                  int in = inputGradientOffset + g.inputIndex(image, y, x);
                  for (int c = fromChannel; c < toChannel; c++) {
                    inputGradient[in + c] += scale * outputGradient[out + c];
                  }
                }
              }
            }
          }
        });
  }

  private static float scale(Pool2dGeometry g, int oy, int ox) {
    int height = g.windowBottom(oy) - g.windowTop(oy);
    int width = g.windowRight(ox) - g.windowLeft(ox);
    return 1f / (height * width);
  }
}
