package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/** Convolution by its definition, output row by output row. */
final class ScalarConv2d {

  private ScalarConv2d() {}

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
    ScalarFilter weights = (ScalarFilter) filter;
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
      ScalarFilter weights,
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
      ScalarFilter weights,
      int tap,
      float[] output,
      int at) {
    int outputs = g.groupOutputChannels();
    if (weights instanceof ScalarFilter.Float32 floats && g.depthwise() && outputs == 1) {
      float[] filter = floats.weights();
      for (int c = 0; c < g.outputChannels(); c++) {
        output[at + c] += input[pixel + c] * filter[tap + c];
      }
      return;
    }
    for (int group = 0; group < g.groups(); group++) {
      for (int ci = 0; ci < g.groupInputChannels(); ci++) {
        float factor = input[pixel + group * g.groupInputChannels() + ci];
        int from = tap + ci * g.outputChannels() + group * outputs;
        weights.addProducts(outputs, factor, from, output, at + group * outputs);
      }
    }
  }
}
