package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of few rows whose operands are both contiguous along k: dot products, nine at a
 * time, so that b is read once as it lies in memory.
 */
final class DotProducts {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** With more rows, packing b pays. */
  private static final int MAX_ROWS = 32;

  private static final int MIN_K = 64;
  private static final int COLUMNS_PER_TASK = 96;

  private DotProducts() {}

  static boolean suit(GemmGeometry g) {
    boolean contiguous = g.transposeB() || (g.n() == 1 && g.bStride() == 1);
    return contiguous && !g.transposeA() && g.m() <= MAX_ROWS && g.k() >= MIN_K;
  }

  static void gemm(
      GemmGeometry g,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate,
      ParallelLoop loop) {
    loop.forRange(
        g.n(),
        COLUMNS_PER_TASK,
        (from, to) -> {
          float[] sums = new float[9];
          for (int j = from; j < to; j += 3) {
            int b0 = bOffset + j * g.bStride();
            int b1 = bOffset + Math.min(j + 1, to - 1) * g.bStride();
            int b2 = bOffset + Math.min(j + 2, to - 1) * g.bStride();
            for (int i = 0; i < g.m(); i += 3) {
              int a0 = aOffset + i * g.aStride();
              int a1 = aOffset + Math.min(i + 1, g.m() - 1) * g.aStride();
              int a2 = aOffset + Math.min(i + 2, g.m() - 1) * g.aStride();
              nine(g.k(), a, a0, a1, a2, b, b0, b1, b2, sums);
              int rows = Math.min(3, g.m() - i);
              int at = cOffset + i * g.cStride() + j;
              store(sums, rows, Math.min(3, to - j), c, at, g.cStride(), accumulate);
            }
          }
        });
  }

  /** Row r of a times row s of b to {@code sums[3 * r + s]}. */
  private static void nine(
      int k, float[] a, int a0, int a1, int a2, float[] b, int b0, int b1, int b2, float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    int whole = k - k % L;
    for (int i = 0; i < whole; i += L) {
      FloatVector y0 = FloatVector.fromArray(S, b, b0 + i);
      FloatVector y1 = FloatVector.fromArray(S, b, b1 + i);
      FloatVector y2 = FloatVector.fromArray(S, b, b2 + i);
      FloatVector x0 = FloatVector.fromArray(S, a, a0 + i);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      s02 = x0.fma(y2, s02);
      FloatVector x1 = FloatVector.fromArray(S, a, a1 + i);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      s12 = x1.fma(y2, s12);
      FloatVector x2 = FloatVector.fromArray(S, a, a2 + i);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      s22 = x2.fma(y2, s22);
    }
    sums[0] = s00.reduceLanes(VectorOperators.ADD) + tail(a, a0, b, b0, whole, k);
    sums[1] = s01.reduceLanes(VectorOperators.ADD) + tail(a, a0, b, b1, whole, k);
    sums[2] = s02.reduceLanes(VectorOperators.ADD) + tail(a, a0, b, b2, whole, k);
    sums[3] = s10.reduceLanes(VectorOperators.ADD) + tail(a, a1, b, b0, whole, k);
    sums[4] = s11.reduceLanes(VectorOperators.ADD) + tail(a, a1, b, b1, whole, k);
    sums[5] = s12.reduceLanes(VectorOperators.ADD) + tail(a, a1, b, b2, whole, k);
    sums[6] = s20.reduceLanes(VectorOperators.ADD) + tail(a, a2, b, b0, whole, k);
    sums[7] = s21.reduceLanes(VectorOperators.ADD) + tail(a, a2, b, b1, whole, k);
    sums[8] = s22.reduceLanes(VectorOperators.ADD) + tail(a, a2, b, b2, whole, k);
  }

  private static float tail(float[] a, int aAt, float[] b, int bAt, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }

  private static void store(
      float[] sums, int rows, int columns, float[] c, int at, int stride, boolean accumulate) {
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        int to = at + r * stride + s;
        c[to] = accumulate ? c[to] + sums[3 * r + s] : sums[3 * r + s];
      }
    }
  }
}
