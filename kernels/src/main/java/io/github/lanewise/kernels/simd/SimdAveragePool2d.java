package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Average over the part of each window that lies inside the input, lanes along channels. */
final class SimdAveragePool2d {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private SimdAveragePool2d() {}

  static Runnable bind(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    int rows = g.batch() * g.outputHeight();
    int grain = ParallelLoop.grain(g.operationsPerOutputRow());
    int stretches = ParallelLoop.stretches(rows, grain);
    ParallelLoop.Task task =
        ParallelLoop.ofStretches(
            rows,
            grain,
            (from, to) -> {
              for (int row = from; row < to; row++) {
                int image = row / g.outputHeight();
                int oy = row % g.outputHeight();
                for (int ox = 0; ox < g.outputWidth(); ox++) {
                  int out = outputOffset + g.outputIndex(image, oy, ox);
                  window(g, input, inputOffset, image, oy, ox, floor, output, out);
                }
              }
            });
    return () -> loop.forEach(stretches, task);
  }

  private static void window(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      int image,
      int oy,
      int ox,
      float floor,
      float[] output,
      int out) {
    int n = g.channels();
    int pixel = g.inputPixelStride();
    int bottom = g.windowBottom(oy);
    int width = g.windowRight(ox) - g.windowLeft(ox);
    int height = bottom - g.windowTop(oy);
    float scale = 1f / (height * width);
    int first = inputOffset + g.inputIndex(image, g.windowTop(oy), g.windowLeft(ox));
    int rowStride = g.inputWidth() * pixel;
    if (height == 3 && width == 3) {
      average9(n, input, first, rowStride, pixel, scale, floor, output, out);
      return;
    }
    Arrays.fill(output, out, out + n, 0);
    for (int y = 0; y < height; y++) {
      int row = first + y * rowStride;
      int x = 0;
      for (; x < width - 1; x += 2) {
        add2(n, input, row + x * pixel, row + (x + 1) * pixel, output, out);
      }
      if (x < width) {
        add1(n, input, row + x * pixel, output, out);
      }
    }
    scale(n, scale, floor, output, out);
  }

  private static void average9(
      int n,
      float[] in,
      int row0,
      int rowStride,
      int pixel,
      float scale,
      float floor,
      float[] out,
      int o) {
    int row1 = row0 + rowStride;
    int row2 = row1 + rowStride;
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector average =
          sum3(in, row0 + c, pixel)
              .add(sum3(in, row1 + c, pixel))
              .add(sum3(in, row2 + c, pixel))
              .mul(scale);
      average.blend(floor, average.lt(floor)).intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      float sum = scalarSum3(in, row0 + c, pixel) + scalarSum3(in, row1 + c, pixel);
      float average = (sum + scalarSum3(in, row2 + c, pixel)) * scale;
      out[o + c] = average < floor ? floor : average;
    }
  }

  private static FloatVector sum3(float[] in, int i, int pixel) {
    return FloatVector.fromArray(SPECIES, in, i)
        .add(FloatVector.fromArray(SPECIES, in, i + pixel))
        .add(FloatVector.fromArray(SPECIES, in, i + 2 * pixel));
  }

  private static float scalarSum3(float[] in, int i, int pixel) {
    return in[i] + in[i + pixel] + in[i + 2 * pixel];
  }

  private static void add2(int n, float[] in, int i, int j, float[] out, int o) {
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, out, o + c)
          .add(FloatVector.fromArray(SPECIES, in, i + c))
          .add(FloatVector.fromArray(SPECIES, in, j + c))
          .intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      out[o + c] = out[o + c] + in[i + c] + in[j + c];
    }
  }

  private static void add1(int n, float[] in, int i, float[] out, int o) {
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, out, o + c)
          .add(FloatVector.fromArray(SPECIES, in, i + c))
          .intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      out[o + c] += in[i + c];
    }
  }

  private static void scale(int n, float scale, float floor, float[] out, int o) {
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector average = FloatVector.fromArray(SPECIES, out, o + c).mul(scale);
      average.blend(floor, average.lt(floor)).intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      float average = out[o + c] * scale;
      out[o + c] = average < floor ? floor : average;
    }
  }
}
