package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

/** The micro-kernels: some rows times some vectors of columns, accumulated in registers. */
final class Tiles {

  private static final int[] MAX_ROWS =
      Lanes.MANY_REGISTERS ? new int[] {0, 6, 6, 5} : new int[] {0, 6, 4, 3};

  private Tiles() {}

  /** The most rows of a tile so wide whose accumulators and operands fit the registers. */
  static int maxRows(int vectors) {
    return MAX_ROWS[vectors];
  }

  /**
   * {@code c[r, j] = max(floor, init[r, j] + sum over i < k of a[o[at + r] + i] * b[i, j])}, NaN
   * stays NaN, for {@code rows} rows and {@code vectors} vectors of columns; {@code b} is dense.
   * {@code init} may be {@code c}.
   */
  static void run(
      int vectors,
      int rows,
      float[] a,
      int[] o,
      int at,
      int k,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int cStride,
      float floor) {
    switch (vectors) {
      case 1 -> run1(rows, a, o, at, k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 2 -> run2(rows, a, o, at, k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 3 -> run3(rows, a, o, at, k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      default -> throw new AssertionError(vectors);
    }
  }

  private static void run1(
      int rows,
      float[] a,
      int[] o,
      int at,
      int k,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int cStride,
      float floor) {
    switch (rows) {
      case 1 -> Tile1.rows1(a, o[at], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 2 ->
          Tile1.rows2(
              a, o[at], o[at + 1], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 3 ->
          Tile1.rows3(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 4 ->
          Tile1.rows4(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 5 ->
          Tile1.rows5(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              o[at + 4],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 6 ->
          Tile1.rows6(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              o[at + 4],
              o[at + 5],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      default -> throw new AssertionError(rows);
    }
  }

  private static void run2(
      int rows,
      float[] a,
      int[] o,
      int at,
      int k,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int cStride,
      float floor) {
    switch (rows) {
      case 1 -> Tile2.rows1(a, o[at], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 2 ->
          Tile2.rows2(
              a, o[at], o[at + 1], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 3 ->
          Tile2.rows3(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 4 ->
          Tile2.rows4(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 5 ->
          Tile2.rows5(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              o[at + 4],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 6 ->
          Tile2.rows6(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              o[at + 4],
              o[at + 5],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      default -> throw new AssertionError(rows);
    }
  }

  private static void run3(
      int rows,
      float[] a,
      int[] o,
      int at,
      int k,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int cStride,
      float floor) {
    switch (rows) {
      case 1 -> Tile3.rows1(a, o[at], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 2 ->
          Tile3.rows2(
              a, o[at], o[at + 1], k, b, bAt, init, initAt, initStride, c, cAt, cStride, floor);
      case 3 ->
          Tile3.rows3(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 4 ->
          Tile3.rows4(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      case 5 ->
          Tile3.rows5(
              a,
              o[at],
              o[at + 1],
              o[at + 2],
              o[at + 3],
              o[at + 4],
              k,
              b,
              bAt,
              init,
              initAt,
              initStride,
              c,
              cAt,
              cStride,
              floor);
      default -> throw new AssertionError(rows);
    }
  }

  /**
   * Stores {@code max(v, floor)}, NaN as it is; cheaper than Java's max, which orders zeros too.
   */
  static void store(FloatVector v, float floor, float[] c, int at) {
    v.blend(floor, v.lt(floor)).intoArray(c, at);
  }
}
