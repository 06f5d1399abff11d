package io.github.lanewise.kernels.simd;

/**
 * The micro-kernel: {@code c[r, j] = max(floor, init[r, j] + sum over i < k of a[rows[row + r] +
 * shift + q(i)] * b[i, j])} for a few rows and vectors of columns, accumulated in registers; NaN
 * stays NaN. The left matrix may lie in stretches: {@code q(i)} is {@code i}, and {@link #gap} more
 * after each {@link #length}. Holds the operands, for one thread, and is used again from tile to
 * tile.
 */
final class Tile extends OfOneThread {

  /** The widest tile, in vectors. */
  static final int MAX_VECTORS = Lanes.MANY_REGISTERS ? 4 : 3;

  /**
   * Whether a tile sums over several stretches. Where registers are few, tiles are too small to
   * hide the range checks that this costs; the stretches are then summed one after another.
   */
  static final boolean STRETCHES = Lanes.MANY_REGISTERS;

  private static final int[] MAX_ROWS =
      Lanes.MANY_REGISTERS ? new int[] {0, 8, 8, 6, 6} : new int[] {0, 6, 4, 3, 2};

  float[] a = {};
  int[] rows = {};
  int row;
  int shift;
  int k;
  int length;
  int gap;

  /** Dense, [k, vectors of columns]. */
  float[] b = {};

  int bAt;

  /** What the sums start from; may be {@link #c}. */
  float[] init = {};

  int initAt;
  int initStride;
  float[] c = {};
  int cAt;
  int cStride;
  float floor;

  /**
   * How many rows the next tile takes of those that remain, so that none is left with a very low
   * tile: as even as the heights 1, 2, 3, 4, 6 and 8 allow.
   */
  static int height(int remaining, int vectors) {
    int max = MAX_ROWS[vectors];
    int tiles = (remaining + max - 1) / max;
    int even = (remaining + tiles - 1) / tiles;
    if (even == 5 || even == 7) {
      return remaining > even ? even + 1 : (even + 1) / 2;
    }
    return even;
  }

  /** The height of the highest tile of so many vectors. */
  static int maxRows(int vectors) {
    return MAX_ROWS[vectors];
  }

  void run(int vectors, int height) {
    switch (vectors) {
      case 1 -> Tile1.run(height, this);
      case 2 -> Tile2.run(height, this);
      case 3 -> Tile3.run(height, this);
      case 4 -> Tile4.run(height, this);
      default -> throw new AssertionError(vectors);
    }
  }
}
