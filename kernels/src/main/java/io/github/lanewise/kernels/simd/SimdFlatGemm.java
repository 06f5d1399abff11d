package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix product of few rows (a batch) and a large matrix (weights), which passes through once, at
 * the memory's speed. A task is a share of the columns, whose sums stay in the cache while
 * stretches of whole rows of it are packed and multiplied. Every element sums over k in order, as
 * in {@link SimdGemm}.
 */
final class SimdFlatGemm {

  /** Floats of a packed stretch. */
  private static final int BLOCK = 49_152;

  private static final int MAX_ROWS = 64;
  private static final int MAX_COLUMNS = 1024;

  private SimdFlatGemm() {}

  /** Whether a product is of few rows and a large matrix. */
  static boolean suits(GemmGeometry g) {
    return !g.transposeA()
        && !g.transposeB()
        && g.m() <= MAX_ROWS
        && g.n() >= 2 * StripTile.COLUMNS
        && g.k() >= 256;
  }

  /** Columns of a task. */
  static int columns(GemmGeometry g, ParallelLoop loop) {
    int share = (g.n() + loop.threads() - 1) / loop.threads();
    return Math.min(MAX_COLUMNS, StripTile.roundUp(share, 2 * StripTile.COLUMNS));
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
        columns(g, loop),
        (from, to) ->
            multiply(g, to - from, a, aOffset, b, bOffset + from, c, cOffset + from, accumulate));
  }

  private static void multiply(
      GemmGeometry g,
      int columns,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean accumulate) {
    int width = StripTile.roundUp(columns, StripTile.COLUMNS);
    int height = StripTile.roundUp(g.m(), StripTile.ROWS);
    // odd: panels then do not start at the same place of the first-level cache
    int depth = Math.min(g.k(), Math.max(16, BLOCK / width) | 1);
    float[] sums = new float[height * width];
    for (int r = 0; r < g.m() && accumulate; r++) {
      System.arraycopy(c, cAt + r * g.cStride(), sums, r * width, columns);
    }
    float[] left = new float[StripTile.roundUp(g.m(), StripTile.STRIP) * depth];
    float[] panels = new float[width * depth];
    float[] scratch = new float[Transposition.scratchSize()];
    for (int k = 0; k < g.k(); k += depth) {
      int stretch = Math.min(depth, g.k() - k);
      packLeft(g, a, aAt + k, stretch, left, scratch);
      packRows(stretch, columns, b, bAt + k * g.bStride(), g.bStride(), panels);
      for (int column = 0; column < columns; column += StripTile.COLUMNS) {
        StripTile.multiply(
            g.m(), stretch, left, 0, panels, column * stretch, sums, column, width, true);
      }
    }
    for (int r = 0; r < g.m(); r++) {
      System.arraycopy(sums, r * width, c, cAt + r * g.cStride(), columns);
    }
  }

  /** Rows of a as strips. */
  private static void packLeft(
      GemmGeometry g, float[] a, int aAt, int k, float[] left, float[] scratch) {
    for (int r = 0; r < g.m(); r += StripTile.STRIP) {
      int rows = Math.min(StripTile.STRIP, g.m() - r);
      int from = aAt + r * g.aStride();
      Transposition.transpose(rows, k, a, from, g.aStride(), left, r * k, StripTile.STRIP, scratch);
    }
  }

  /** As {@link StripTile#packPanels}, row by row, so that the matrix is read in order. */
  private static void packRows(int k, int columns, float[] b, int bAt, int stride, float[] panels) {
    int whole = columns / StripTile.COLUMNS * StripTile.COLUMNS;
    for (int p = 0; p < k; p++) {
      packRow(whole, k, p, b, bAt + p * stride, panels);
      if (whole < columns) {
        int to = whole * k + p * StripTile.COLUMNS;
        System.arraycopy(b, bAt + p * stride + whole, panels, to, columns - whole);
      }
    }
  }

  private static void packRow(int whole, int k, int p, float[] b, int bAt, float[] panels) {
    int to = p * StripTile.COLUMNS;
    for (int column = 0; column < whole; column += StripTile.COLUMNS) {
      FloatVector.fromArray(Lanes.SPECIES, b, bAt + column).intoArray(panels, to);
      FloatVector.fromArray(Lanes.SPECIES, b, bAt + column + Lanes.COUNT)
          .intoArray(panels, to + Lanes.COUNT);
      to += StripTile.COLUMNS * k;
    }
  }
}
