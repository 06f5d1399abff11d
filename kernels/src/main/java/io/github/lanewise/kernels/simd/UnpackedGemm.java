package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;

/**
 * Matrix product of few rows (a batch) and a large matrix (weights) that is read once, as it lies:
 * while a stretch of its rows is multiplied, the processor fetches what comes next. A task is a
 * share of the columns, whose sums stay in the cache. Every element sums over k in order, as in
 * {@link SimdGemm}.
 */
final class UnpackedGemm {

  private static final int COLUMNS = UnpackedTile.COLUMNS;
  private static final int MAX_ROWS = 64;
  private static final int MAX_COLUMNS = 1024;

  /**
   * Rows of the matrix that are multiplied together, by all rows of the other one in turn. They may
   * be a multiple of 4 KB apart, and stay in the first-level cache from tile to tile where it has
   * as many ways; with fewer rows the sums would be loaded and stored too often.
   */
  private static final int STRETCH = 12;

  /** Stretches for which the left operand is packed at a time. */
  private static final int PACKED = 16;

  private UnpackedGemm() {}

  /** Whether this is the product for it. */
  static boolean suits(GemmGeometry g) {
    return Lanes.MANY_REGISTERS
        && FirstLevelCache.WAYS >= STRETCH
        && !g.transposeA()
        && !g.transposeB()
        && g.m() <= MAX_ROWS
        && g.n() >= 2 * COLUMNS
        && g.k() >= 256;
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
    int share = (g.n() + loop.threads() - 1) / loop.threads();
    int columns = Math.min(MAX_COLUMNS, StripTile.roundUp(share, 2 * COLUMNS));
    loop.forRange(
        g.n(),
        columns,
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
    int height = UnpackedTile.height(g.m());
    int width = StripTile.roundUp(columns, COLUMNS);
    int stride = CacheLines.spread(width);
    float[] sums = new float[height * stride];
    for (int r = 0; r < g.m() && accumulate; r++) {
      System.arraycopy(c, cAt + r * g.cStride(), sums, r * stride, columns);
    }
    int depth = Math.min(g.k(), PACKED * STRETCH);
    float[] left = new float[height * depth];
    float[] scratch = new float[Transposition.scratchSize()];
    float[] border = new float[STRETCH * COLUMNS];
    for (int k = 0; k < g.k(); k += depth) {
      int end = Math.min(k + depth, g.k());
      packLeft(g, a, aAt + k, end - k, left, scratch);
      for (int from = k; from < end; from += STRETCH) {
        int stretch = Math.min(STRETCH, end - from);
        int row = bAt + from * g.bStride();
        for (int column = 0; column < width; column += COLUMNS) {
          float[] right = b;
          int at = row + column;
          int apart = g.bStride();
          if (column + COLUMNS > columns) {
            right = border;
            at = 0;
            apart = COLUMNS;
            for (int r = 0; r < stretch; r++) {
              System.arraycopy(
                  b, row + r * g.bStride() + column, border, r * COLUMNS, columns - column);
            }
          }
          int tile;
          for (int r = 0; r < g.m(); r += tile) {
            tile = UnpackedTile.next(g.m() - r);
            int strip = r * (end - k) + (from - k) * tile;
            UnpackedTile.multiply(
                tile, stretch, left, strip, right, at, apart, sums, r * stride + column, stride);
          }
        }
      }
    }
    for (int r = 0; r < g.m(); r++) {
      System.arraycopy(sums, r * stride, c, cAt + r * g.cStride(), columns);
    }
  }

  /** Columns of a after each other, in strips as high as the tiles. */
  private static void packLeft(
      GemmGeometry g, float[] a, int aAt, int k, float[] left, float[] scratch) {
    int tile;
    for (int r = 0; r < g.m(); r += tile) {
      tile = UnpackedTile.next(g.m() - r);
      int rows = Math.min(tile, g.m() - r);
      int from = aAt + r * g.aStride();
      Transposition.transpose(rows, k, a, from, g.aStride(), left, r * k, tile, scratch);
    }
  }
}
