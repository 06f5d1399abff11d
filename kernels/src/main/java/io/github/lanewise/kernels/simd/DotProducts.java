package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
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
          float[] lanes = new float[9 * L];
          int whole = g.k() - g.k() % L;
          for (int j = from; j < to; j += 3) {
            int b0 = bOffset + j * g.bStride();
            int b1 = bOffset + Math.min(j + 1, to - 1) * g.bStride();
            int b2 = bOffset + Math.min(j + 2, to - 1) * g.bStride();
            for (int i = 0; i < g.m(); i += 3) {
              int a0 = aOffset + i * g.aStride();
              int a1 = aOffset + Math.min(i + 1, g.m() - 1) * g.aStride();
              int a2 = aOffset + Math.min(i + 2, g.m() - 1) * g.aStride();
              nine(whole, a, a0, a1, a2, b, b0, b1, b2, lanes);
              for (int r = 0; r < Math.min(3, g.m() - i); r++) {
                for (int s = 0; s < Math.min(3, to - j); s++) {
                  int at = cOffset + (i + r) * g.cStride() + j + s;
                  float rest = tail(g, a, aOffset, i + r, b, bOffset, j + s, whole);
                  float sum = sum(lanes, (3 * r + s) * L) + rest;
                  c[at] = accumulate ? c[at] + sum : sum;
                }
              }
            }
          }
        });
  }

  /** Row r of a times row s of b over whole vectors, its lanes to {@code lanes[(3r + s) L...]}. */
  private static void nine(
      int whole,
      float[] a,
      int a0,
      int a1,
      int a2,
      float[] b,
      int b0,
      int b1,
      int b2,
      float[] lanes) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
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
    s00.intoArray(lanes, 0);
    s01.intoArray(lanes, L);
    s02.intoArray(lanes, 2 * L);
    s10.intoArray(lanes, 3 * L);
    s11.intoArray(lanes, 4 * L);
    s12.intoArray(lanes, 5 * L);
    s20.intoArray(lanes, 6 * L);
    s21.intoArray(lanes, 7 * L);
    s22.intoArray(lanes, 8 * L);
  }

  /**
   * The sum of L lanes, which it overwrites. The order is fixed, unlike that of {@code
   * reduceLanes}, whose sum differs between interpreted and compiled code.
   */
  private static float sum(float[] lanes, int at) {
    for (int half = L / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[at + i] += lanes[at + half + i];
      }
    }
    return lanes[at];
  }

  /** Row i of a times row j of b from k = {@code from}. */
  private static float tail(
      GemmGeometry g, float[] a, int aOffset, int i, float[] b, int bOffset, int j, int from) {
    int aRow = aOffset + i * g.aStride();
    int bRow = bOffset + j * g.bStride();
    float sum = 0;
    for (int p = from; p < g.k(); p++) {
      sum += a[aRow + p] * b[bRow + p];
    }
    return sum;
  }
}
