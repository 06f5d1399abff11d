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

  /**
   * Rows of the matrix that are multiplied together, by all rows of the other one in turn. They may
   * be a multiple of 4 KB apart, and stay in the first-level cache from tile to tile where it has
   * as many ways; with fewer rows the sums would be loaded and stored too often.
   */
  private static final int STRETCH = 12;

  /** Stretches for which the left operand is packed at a time. */
  private static final int PACKED = 16;

  private final GemmGeometry g;

  /** Columns of the task, and with what fills the last tile. */
  private final int columns;

  private final int width;

  /** Rows of sums, {@link #stride} apart. */
  private final float[] sums;

  private final int stride;

  /** Columns of a after each other, in strips as high as the tiles. */
  private final float[] left;

  /** Rows of b where columns do not fill a tile. */
  private final float[] border = new float[STRETCH * COLUMNS];

  private UnpackedGemm(GemmGeometry g, int columns) {
    this.g = g;
    this.columns = columns;
    this.width = StripTile.roundUp(columns, COLUMNS);
    this.stride = CacheLines.spread(width);
    int height = UnpackedTile.height(g.m());
    this.sums = new float[height * stride];
    this.left = new float[height * Math.min(g.k(), PACKED * STRETCH)];
  }

  /** Whether this is the product for it, rather than {@link SimdFlatGemm}. */
  static boolean suits(GemmGeometry g) {
    return Lanes.MANY_REGISTERS && FirstLevelCache.WAYS >= STRETCH && SimdFlatGemm.suits(g);
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
        SimdFlatGemm.columns(g, loop),
        (from, to) ->
            new UnpackedGemm(g, to - from)
                .multiply(a, aOffset, b, bOffset + from, c, cOffset + from, accumulate));
  }

  private void multiply(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, boolean accumulate) {
    for (int r = 0; r < g.m() && accumulate; r++) {
      System.arraycopy(c, cAt + r * g.cStride(), sums, r * stride, columns);
    }
    float[] scratch = new float[Transposition.scratchSize()];
    for (int k = 0; k < g.k(); k += PACKED * STRETCH) {
      int packed = Math.min(PACKED * STRETCH, g.k() - k);
      packLeft(a, aAt + k, packed, scratch);
      for (int first = 0; first < packed; first += STRETCH) {
        addStretch(packed, first, b, bAt + (k + first) * g.bStride());
      }
    }
    for (int r = 0; r < g.m(); r++) {
      System.arraycopy(sums, r * stride, c, cAt + r * g.cStride(), columns);
    }
  }

  /**
   * Adds a stretch of the sum to all sums.
   *
   * @param packed columns of a that are packed, of which the stretch begins with {@code first}
   * @param bAt where the stretch's first row of b starts
   */
  private void addStretch(int packed, int first, float[] b, int bAt) {
    int k = Math.min(STRETCH, packed - first);
    for (int column = 0; column < width; column += COLUMNS) {
      boolean whole = column + COLUMNS <= columns;
      if (!whole) {
        copyBorder(k, column, b, bAt);
      }
      float[] right = whole ? b : border;
      int rightAt = whole ? bAt + column : 0;
      int rightStride = whole ? g.bStride() : COLUMNS;
      int tile;
      for (int r = 0; r < g.m(); r += tile) {
        tile = UnpackedTile.next(g.m() - r);
        int strip = r * packed + first * tile;
        int to = r * stride + column;
        UnpackedTile.multiply(tile, k, left, strip, right, rightAt, rightStride, sums, to, stride);
      }
    }
  }

  private void copyBorder(int k, int column, float[] b, int bAt) {
    for (int r = 0; r < k; r++) {
      int from = bAt + r * g.bStride() + column;
      System.arraycopy(b, from, border, r * COLUMNS, columns - column);
    }
  }

  private void packLeft(float[] a, int aAt, int k, float[] scratch) {
    int tile;
    for (int r = 0; r < g.m(); r += tile) {
      tile = UnpackedTile.next(g.m() - r);
      int rows = Math.min(tile, g.m() - r);
      int from = aAt + r * g.aStride();
      Transposition.transpose(rows, k, a, from, g.aStride(), left, r * k, tile, scratch);
    }
  }
}
