package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightUpdate;

/** Matrix product, row by row: each row of c is a sum of rows of b. */
final class ScalarGemm {

  private static final int ROWS_PER_TASK = 8;

  private ScalarGemm() {}

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
        g.m(),
        ROWS_PER_TASK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int row = cOffset + i * g.cStride();
            if (!accumulate) {
              java.util.Arrays.fill(c, row, row + g.n(), 0);
            }
            if (g.transposeB()) {
              dotRow(g, i, a, aOffset, b, bOffset, c, row);
            } else {
              axpyRow(g, i, a, aOffset, b, bOffset, c, row);
            }
          }
        });
  }

  /** As {@link #gemm} of {@code a^T b}, one row at a time, each applied at once. */
  static void gemmUpdate(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      WeightUpdate update,
      ParallelLoop loop) {
    GemmGeometry g = GemmGeometry.transposeA(m, n, k);
    loop.forRange(
        m,
        ROWS_PER_TASK,
        (from, to) -> {
          float[] row = new float[n];
          for (int i = from; i < to; i++) {
            java.util.Arrays.fill(row, 0);
            axpyRow(g, i, a, aOffset, b, bOffset, row, 0);
            update.apply(i * n, (i + 1) * n, row, 0);
          }
        });
  }

  private static int aIndex(GemmGeometry g, int aOffset, int i, int p) {
    return aOffset + (g.transposeA() ? p * g.aStride() + i : i * g.aStride() + p);
  }

  private static void axpyRow(
      GemmGeometry g, int i, float[] a, int aOffset, float[] b, int bOffset, float[] c, int row) {
    for (int p = 0; p < g.k(); p++) {
      float factor = a[aIndex(g, aOffset, i, p)];
      int from = bOffset + p * g.bStride();
      for (int j = 0; j < g.n(); j++) {
        c[row + j] += factor * b[from + j];
      }
    }
  }

  private static void dotRow(
      GemmGeometry g, int i, float[] a, int aOffset, float[] b, int bOffset, float[] c, int row) {
    for (int j = 0; j < g.n(); j++) {
      float sum = 0;
      int from = bOffset + j * g.bStride();
      for (int p = 0; p < g.k(); p++) {
        sum += a[aIndex(g, aOffset, i, p)] * b[from + p];
      }
      c[row + j] += sum;
    }
  }
}
