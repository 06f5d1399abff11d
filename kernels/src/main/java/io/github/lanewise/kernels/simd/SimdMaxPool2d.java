package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Maximum over windows, lanes along channels. A window of up to 3 x 3 is read as nine pixels at
 * once, some of them more than once where it is smaller or clipped: that does not change a maximum.
 */
final class SimdMaxPool2d {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private static final WarmUp MAX9 =
      new WarmUp(
          WarmUp.TURNS * 8,
          () -> {
            int n = WarmUp.TURNS * SPECIES.length();
            float[] in = new float[3 * n];
            float[] out = new float[n];
            return () -> max9(n, n, in, 0, 0, 0, n, 2 * n, out, 0);
          });

  private SimdMaxPool2d() {}

  static Runnable bind(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    boolean small = g.poolHeight() <= 3 && g.poolWidth() <= 3;
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
                  if (small) {
                    smallWindow(g, input, inputOffset, image, oy, ox, output, out);
                  } else {
                    largeWindow(g, input, inputOffset, image, oy, ox, output, out);
                  }
                }
              }
            });
    return () -> loop.forEach(stretches, task);
  }

  private static void smallWindow(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      int image,
      int oy,
      int ox,
      float[] output,
      int out) {
    int top = g.windowTop(oy);
    int bottom = g.windowBottom(oy) - 1;
    int left = g.windowLeft(ox);
    int right = g.windowRight(ox) - 1;
    int middle = (left + right) / 2 - left;
    int pixel = g.inputPixelStride();
    max9(
        g.channels(),
        MAX9.over() ? SPECIES.loopBound(g.channels()) : 0,
        input,
        inputOffset + g.inputIndex(image, top, left),
        inputOffset + g.inputIndex(image, (top + bottom) / 2, left),
        inputOffset + g.inputIndex(image, bottom, left),
        middle * pixel,
        (right - left) * pixel,
        output,
        out);
  }

  /**
   * Maximum of three pixels of each of three rows: the first, the middle and the last.
   *
   * @param bound channels that go by vectors
   */
  private static void max9(
      int n,
      int bound,
      float[] in,
      int row0,
      int row1,
      int row2,
      int middle,
      int last,
      float[] out,
      int o) {
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector a = max3(in, row0 + c, middle, last);
      FloatVector b = max3(in, row1 + c, middle, last);
      FloatVector d = max3(in, row2 + c, middle, last);
      a.max(b).max(d).intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      float a = scalarMax3(in, row0 + c, middle, last);
      float b = scalarMax3(in, row1 + c, middle, last);
      out[o + c] = Math.max(Math.max(a, b), scalarMax3(in, row2 + c, middle, last));
    }
  }

  private static FloatVector max3(float[] in, int first, int middle, int last) {
    return FloatVector.fromArray(SPECIES, in, first)
        .max(FloatVector.fromArray(SPECIES, in, first + middle))
        .max(FloatVector.fromArray(SPECIES, in, first + last));
  }

  private static float scalarMax3(float[] in, int first, int middle, int last) {
    return Math.max(Math.max(in[first], in[first + middle]), in[first + last]);
  }

  private static void largeWindow(
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
        maxInto(g.channels(), input, inputOffset + g.inputIndex(image, y, x), output, out);
      }
    }
  }

  private static void maxInto(int n, float[] in, int i, float[] out, int o) {
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, in, i + c)
          .max(FloatVector.fromArray(SPECIES, out, o + c))
          .intoArray(out, o + c);
    }
    for (int c = bound; c < n; c++) {
      out[o + c] = Math.max(out[o + c], in[i + c]);
    }
  }
}
