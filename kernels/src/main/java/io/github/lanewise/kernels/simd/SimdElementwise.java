package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over single elements, and over rows of channels. C2 does not vectorise them by itself where
 * the offsets differ, since the arrays might be the same.
 */
final class SimdElementwise {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /** Elements of a call, whose operands stay in the first-level cache. */
  private static final int PIECE = 1024;

  private SimdElementwise() {}

  /**
   * A loop over elements in short calls. The JVM compiles a method for the number of its calls, and
   * until then vectors are objects: a layer that runs a few times a second would stay slow for
   * minutes.
   */
  private static void forPieces(int n, ParallelLoop loop, ParallelLoop.RangeTask task) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i += PIECE) {
            task.run(i, Math.min(i + PIECE, to));
          }
        });
  }

  static void add(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      ParallelLoop loop) {
    forPieces(
        n,
        loop,
        (from, to) -> add(to - from, a, aOffset + from, b, bOffset + from, c, cOffset + from));
  }

  private static void add(int n, float[] a, int ai, float[] b, int bi, float[] c, int ci) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, a, ai + i)
          .add(FloatVector.fromArray(SPECIES, b, bi + i))
          .intoArray(c, ci + i);
    }
    for (int i = bound; i < n; i++) {
      c[ci + i] = a[ai + i] + b[bi + i];
    }
  }

  static void axpy(
      int n, float alpha, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    forPieces(n, loop, (from, to) -> axpy(to - from, alpha, x, xOffset + from, y, yOffset + from));
  }

  static void axpy(int n, float alpha, float[] x, int xi, float[] y, int yi) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, y, yi + i)
          .add(FloatVector.fromArray(SPECIES, x, xi + i).mul(alpha))
          .intoArray(y, yi + i);
    }
    for (int i = bound; i < n; i++) {
      y[yi + i] += alpha * x[xi + i];
    }
  }

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    forPieces(n, loop, (from, to) -> relu(to - from, x, xOffset + from, y, yOffset + from));
  }

  private static void relu(int n, float[] x, int xi, float[] y, int yi) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, xi + i).max(0).intoArray(y, yi + i);
    }
    for (int i = bound; i < n; i++) {
      y[yi + i] = Math.max(x[xi + i], 0);
    }
  }

  static void reluGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    forPieces(
        n,
        loop,
        (from, to) ->
            reluGradient(to - from, y, yOffset + from, dy, dyOffset + from, dx, dxOffset + from));
  }

  private static void reluGradient(
      int n, float[] y, int yi, float[] dy, int dyi, float[] dx, int dxi) {
    int bound = SPECIES.loopBound(n);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector output = FloatVector.fromArray(SPECIES, y, yi + i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyi + i);
      FloatVector.fromArray(SPECIES, dx, dxi + i)
          .add(zero.blend(gradient, output.compare(VectorOperators.GT, zero)))
          .intoArray(dx, dxi + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxi + i] += y[yi + i] > 0 ? dy[dyi + i] : 0;
    }
  }

  static void scaleShift(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] scale,
      float[] shift,
      float[] y,
      int yOffset,
      ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(channels),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int row = r * channels;
            scaleShift(channels, x, xOffset + row, scale, shift, y, yOffset + row);
          }
        });
  }

  private static void scaleShift(
      int n, float[] x, int xi, float[] scale, float[] shift, float[] y, int yi) {
    int bound = SPECIES.loopBound(n);
    for (int c = 0; c < bound; c += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, xi + c)
          .mul(FloatVector.fromArray(SPECIES, scale, c))
          .add(FloatVector.fromArray(SPECIES, shift, c))
          .intoArray(y, yi + c);
    }
    for (int c = bound; c < n; c++) {
      y[yi + c] = x[xi + c] * scale[c] + shift[c];
    }
  }

  static void addBias(
      int rows,
      int channels,
      float[] bias,
      int biasOffset,
      float[] x,
      int xOffset,
      ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(channels),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int row = xOffset + r * channels;
            add(channels, x, row, bias, biasOffset, x, row);
          }
        });
  }
}
