package io.github.lanewise.kernels.simd;

import java.util.stream.IntStream;

/**
 * The micro-kernel: {@code c[r, j] = max(floor, init[r, j] + sum over i < k of a[rows[row + r] +
 * shift + q(i)] * b[bRow + i, j])} for a few rows and vectors of columns, accumulated in registers;
 * NaN stays NaN. The left matrix may lie in stretches of {@link #length} that start {@link
 * #distance} apart. Holds the operands, for one thread, and is used again from tile to tile.
 *
 * <p>The methods of {@link Tile1} to {@link Tile4} are what C2 compiles well:
 *
 * <ul>
 *   <li>They call nothing but the Vector API, and sums are spelled out: else vectors are in boxes.
 *   <li>Indices are the counter of the inner loop and what stays the same in it. Their range checks
 *       are then made before that loop, and in it six instructions a row and k become two.
 *   <li>The counter is the row of b itself, from {@link #bRow} on, so that nothing is added to b's
 *       index; see ADR 21.
 *   <li>The check before the inner loop, which never fails, is where C2 puts those range checks.
 *       Without it the loop is compiled three times, with checks in two of them.
 * </ul>
 */
final class Tile extends OfOneThread {

  /** The widest tile, in vectors. */
  static final int MAX_VECTORS = Lanes.MANY_REGISTERS ? 4 : 3;

  /**
   * Whether a tile sums over several stretches, by a loop in a loop. C2 of JDK 17 leaves vectors in
   * boxes there; stretches are then summed one after another. (25 is the next that was measured.)
   */
  static final boolean STRETCHES = Runtime.version().feature() >= 25;

  private static final int[] MAX_ROWS =
      Lanes.MANY_REGISTERS ? new int[] {0, 8, 8, 6, 6} : new int[] {0, 6, 4, 3, 2};

  /** By vectors and rows. */
  private static final WarmUp[][] WARM_UPS =
      IntStream.range(0, MAX_ROWS.length)
          .mapToObj(
              vectors ->
                  IntStream.rangeClosed(0, MAX_ROWS[vectors])
                      .mapToObj(rows -> warmUp(vectors, rows))
                      .toArray(WarmUp[]::new))
          .toArray(WarmUp[][]::new);

  float[] a = {};
  int[] rows = {};
  int row;
  int shift;
  int length;

  /** At least the length. */
  int distance;

  /** The number of stretches times their distance. */
  int end;

  /** Vectors from {@link Lanes#FIRST} on; those of a row are {@link Panels#NEXT} floats apart. */
  float[] b = {};

  /** The first vector of the row of b that the first stretch begins with; other rows follow. */
  int bRow;

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

  private static WarmUp warmUp(int vectors, int height) {
    int k = WarmUp.TURNS;
    // Two stretches, as C2 leaves out a jump back that it never saw.
    int stretches = STRETCHES ? 2 : 1;
    return new WarmUp(
        k * vectors * height,
        () -> {
          int width = vectors * Lanes.COUNT;
          Tile tile = new Tile();
          tile.a = new float[height + k];
          tile.rows = new int[height];
          tile.b = new float[Lanes.FIRST + vectors * Panels.NEXT];
          tile.init = new float[width];
          tile.c = new float[height * width];
          tile.cStride = width;
          tile.length = k / stretches;
          tile.distance = tile.length;
          tile.end = k;
          return () -> tile.sum(vectors, height);
        });
  }

  /** The height of the highest tile of so many vectors. */
  static int maxRows(int vectors) {
    return MAX_ROWS[vectors];
  }

  void run(int vectors, int height) {
    if (WARM_UPS[vectors][height].over()) {
      sum(vectors, height);
    } else {
      PlainTile.run(this, vectors, height);
    }
  }

  /** As above, compiled or not. */
  void sum(int vectors, int height) {
    switch (vectors) {
      case 1 -> Tile1.run(height, this);
      case 2 -> Tile2.run(height, this);
      case 3 -> Tile3.run(height, this);
      case 4 -> Tile4.run(height, this);
      default -> throw new AssertionError(vectors);
    }
  }
}
