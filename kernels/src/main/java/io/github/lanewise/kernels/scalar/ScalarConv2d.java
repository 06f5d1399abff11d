package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/** Convolution by its definition, output row by output row. */
final class ScalarConv2d {

  private ScalarConv2d() {}

  private record Hwio(float[] weights) implements PackedFilter {
    @Override
    public int size() {
      return weights.length;
    }

    @Override
    public String algorithm() {
      return "direct, scalar";
    }

    @Override
    public double expectedSpeed(Conv2dGeometry g) {
      return 0.1;
    }
  }

  static PackedFilter packFilter(Conv2dGeometry g, float[] filter, int filterOffset) {
    int size = g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
    return new Hwio(Arrays.copyOfRange(filter, filterOffset, filterOffset + size));
  }

  static void conv2d(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      PackedFilter filter,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    float[] weights = ((Hwio) filter).weights();
    loop.forEach(
        g.batch() * g.outputHeight(),
        row -> {
          for (int ox = 0; ox < g.outputWidth(); ox++) {
            int at = outputOffset + (row * g.outputWidth() + ox) * g.outputPixelStride();
            if (epilogue.bias() == null) {
              Arrays.fill(output, at, at + g.outputChannels(), 0);
            } else {
              System.arraycopy(epilogue.bias(), 0, output, at, g.outputChannels());
            }
            addPixel(g, row, ox, input, inputOffset, weights, output, at);
            if (epilogue.relu()) {
              for (int c = at; c < at + g.outputChannels(); c++) {
                output[c] = output[c] < 0 ? 0 : output[c];
              }
            }
          }
        });
  }

  private static void addPixel(
      Conv2dGeometry g,
      int row,
      int ox,
      float[] input,
      int inputOffset,
      float[] weights,
      float[] output,
      int at) {
    int image = row / g.outputHeight();
    int oy = row % g.outputHeight();
    for (int fy = 0; fy < g.filterHeight(); fy++) {
      int y = oy * g.strideHeight() + fy * g.dilationHeight() - g.padTop();
      for (int fx = 0; fx < g.filterWidth(); fx++) {
        int x = ox * g.strideWidth() + fx * g.dilationWidth() - g.padLeft();
        if (y < 0 || y >= g.inputHeight() || x < 0 || x >= g.inputWidth()) {
          continue;
        }
        int pixel =
            inputOffset
                + ((image * g.inputHeight() + y) * g.inputWidth() + x) * g.inputPixelStride();
        int tap = (fy * g.filterWidth() + fx) * g.groupInputChannels() * g.outputChannels();
        addTap(g, input, pixel, weights, tap, output, at);
      }
    }
  }

  private static void addTap(
      Conv2dGeometry g,
      float[] input,
      int pixel,
      float[] weights,
      int tap,
      float[] output,
      int at) {
    int outputs = g.groupOutputChannels();
    if (g.depthwise() && outputs == 1) {
      for (int c = 0; c < g.outputChannels(); c++) {
        output[at + c] += input[pixel + c] * weights[tap + c];
      }
      return;
    }
    for (int group = 0; group < g.groups(); group++) {
      for (int ci = 0; ci < g.groupInputChannels(); ci++) {
        float factor = input[pixel + group * g.groupInputChannels() + ci];
        int from = tap + ci * g.outputChannels() + group * outputs;
        int to = at + group * outputs;
        for (int co = 0; co < outputs; co++) {
          output[to + co] += factor * weights[from + co];
        }
      }
    }
  }
}
