package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.ParallelLoop;

/** Gradients of the convolution by its definition. */
final class ScalarConv2dGradient {

  private ScalarConv2dGradient() {}

  static void conv2dInputGradient(
      Conv2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    loop.forEach(
        g.batch() * g.inputHeight(),
        row -> {
          int image = row / g.inputHeight();
          int y = row % g.inputHeight();
          for (int fy = 0; fy < g.filterHeight(); fy++) {
            int oy = outputCoordinate(y + g.padTop() - fy * g.dilationHeight(), g.strideHeight());
            if (oy < 0 || oy >= g.outputHeight()) {
              continue;
            }
            for (int x = 0; x < g.inputWidth(); x++) {
              for (int fx = 0; fx < g.filterWidth(); fx++) {
                int ox =
                    outputCoordinate(x + g.padLeft() - fx * g.dilationWidth(), g.strideWidth());
                if (ox < 0 || ox >= g.outputWidth()) {
                  continue;
                }
                int pixel = (image * g.outputHeight() + oy) * g.outputWidth() + ox;
                addInputPixel(
                    g,
                    outputGradient,
                    outputGradientOffset + pixel * g.outputChannels(),
                    filter,
                    filterOffset + tap(g, fy, fx),
                    inputGradient,
                    inputGradientOffset + (row * g.inputWidth() + x) * g.inputChannels());
              }
            }
          }
        });
  }

  /** The output place whose window starts at this place; -1 where there is none. */
  private static int outputCoordinate(int position, int stride) {
    return position >= 0 && position % stride == 0 ? position / stride : -1;
  }

  private static int tap(Conv2dGeometry g, int fy, int fx) {
    return (fy * g.filterWidth() + fx) * g.groupInputChannels() * g.outputChannels();
  }

  private static void addInputPixel(
      Conv2dGeometry g, float[] dy, int dyAt, float[] filter, int tap, float[] dx, int dxAt) {
    int outputs = g.groupOutputChannels();
    if (g.depthwise() && outputs == 1) {
      for (int c = 0; c < g.inputChannels(); c++) {
        dx[dxAt + c] += dy[dyAt + c] * filter[tap + c];
      }
      return;
    }
    for (int c = 0; c < g.inputChannels(); c++) {
      int group = c / g.groupInputChannels();
      int from = tap + c % g.groupInputChannels() * g.outputChannels() + group * outputs;
      float sum = 0;
      for (int co = 0; co < outputs; co++) {
        sum += dy[dyAt + group * outputs + co] * filter[from + co];
      }
      dx[dxAt + c] += sum;
    }
  }

  static void conv2dFilterGradient(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filterGradient,
      int filterGradientOffset,
      ParallelLoop loop) {
    loop.forEach(
        g.filterHeight() * g.filterWidth(),
        index -> {
          int fy = index / g.filterWidth();
          int fx = index % g.filterWidth();
          for (int row = 0; row < g.batch() * g.outputHeight(); row++) {
            int image = row / g.outputHeight();
            int oy = row % g.outputHeight();
            int y = oy * g.strideHeight() + fy * g.dilationHeight() - g.padTop();
            if (y < 0 || y >= g.inputHeight()) {
              continue;
            }
            for (int ox = 0; ox < g.outputWidth(); ox++) {
              int x = ox * g.strideWidth() + fx * g.dilationWidth() - g.padLeft();
              if (x >= 0 && x < g.inputWidth()) {
                int pixel = (image * g.inputHeight() + y) * g.inputWidth() + x;
                addFilterTap(
                    g,
                    input,
                    inputOffset + pixel * g.inputChannels(),
                    outputGradient,
                    outputGradientOffset + (row * g.outputWidth() + ox) * g.outputChannels(),
                    filterGradient,
                    filterGradientOffset + tap(g, fy, fx));
              }
            }
          }
        });
  }

  private static void addFilterTap(
      Conv2dGeometry g, float[] x, int xAt, float[] dy, int dyAt, float[] filter, int tap) {
    int outputs = g.groupOutputChannels();
    if (g.depthwise() && outputs == 1) {
      for (int c = 0; c < g.inputChannels(); c++) {
        filter[tap + c] += x[xAt + c] * dy[dyAt + c];
      }
      return;
    }
    for (int c = 0; c < g.inputChannels(); c++) {
      int group = c / g.groupInputChannels();
      int to = tap + c % g.groupInputChannels() * g.outputChannels() + group * outputs;
      float factor = x[xAt + c];
      for (int co = 0; co < outputs; co++) {
        filter[to + co] += factor * dy[dyAt + group * outputs + co];
      }
    }
  }
}
