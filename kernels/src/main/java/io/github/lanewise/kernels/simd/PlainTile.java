package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

/**
 * What a {@link Tile} or a {@link PictureTile} computes, bit for bit, by two loops so small that C2
 * has compiled them after some milliseconds: with few sums in registers, or with all in memory.
 */
final class PlainTile {

  private static final int L = Lanes.COUNT;

  private static final WarmUp ADD =
      new WarmUp(
          WarmUp.TURNS,
          () -> {
            float[] b = new float[WarmUp.TURNS * L];
            float[] sums = new float[b.length];
            return () -> add(0, b, 0, L, sums, 0, sums.length);
          });

  private static final WarmUp ADD_PRODUCTS =
      new WarmUp(
          WarmUp.TURNS * 2,
          () -> {
            float[] a = new float[WarmUp.TURNS];
            float[] b = new float[WarmUp.TURNS * L];
            float[] sums = new float[L];
            return () -> addProducts(a.length, a, 0, b, 0, 0, 0, sums, 0);
          });

  private PlainTile() {}

  /** Has the loops compiled ahead of their first use, in a thread of its own. */
  static void warmUp() {
    ADD.over();
    ADD_PRODUCTS.over();
  }

  static void run(Tile t, int vectors, int height) {
    int width = vectors * L;
    for (int r = 0; r < height; r++) {
      int to = t.cAt + r * t.cStride;
      System.arraycopy(t.init, t.initAt + r * t.initStride, t.c, to, width);
      int bAt = Lanes.FIRST + t.bRow * L;
      for (int q = 0; q < t.end; q += t.distance) {
        int from = t.rows[t.row + r] + t.shift + q;
        for (int v = 0; v < vectors; v += 2) {
          int next = Math.min(v + 1, vectors - 1);
          addProducts(t.length, t.a, from, t.b, bAt, v, next, t.c, to);
        }
        bAt += t.length * L;
      }
      floor(t.c, to, width, t.floor);
    }
  }

  /**
   * Adds the product of a stretch of a row and two vectors of columns, which may be the same one.
   */
  private static void addProducts(
      int k, float[] a, int from, float[] b, int bAt, int v0, int v1, float[] sums, int to) {
    FloatVector sum0 = FloatVector.fromArray(Lanes.SPECIES, sums, to + v0 * L);
    FloatVector sum1 = FloatVector.fromArray(Lanes.SPECIES, sums, to + v1 * L);
    int at0 = bAt + v0 * Panels.NEXT;
    int at1 = bAt + v1 * Panels.NEXT;
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(Lanes.SPECIES, a[from + i]);
      sum0 = x.fma(FloatVector.fromArray(Lanes.SPECIES, b, at0 + i * L), sum0);
      sum1 = x.fma(FloatVector.fromArray(Lanes.SPECIES, b, at1 + i * L), sum1);
    }
    sum0.intoArray(sums, to + v0 * L);
    sum1.intoArray(sums, to + v1 * L);
  }

  /** As {@link PictureTile#run}. */
  static void run(
      PictureTile t, int vectors, int pixels, int from, int weights, int column, int to) {
    int width = vectors * L;
    for (int r = 0; r < pixels; r++) {
      int at = to + r * t.pitch;
      System.arraycopy(t.bias, column, t.output, at, width);
      for (int i = 0; i < t.taps.length; i++) {
        float x = t.input[from + t.taps[i] + r * PictureTile.STEP];
        add(x, t.filter, weights + i * width, L, t.output, at, width);
      }
      floor(t.output, at, width, t.floor);
    }
  }

  /**
   * Adds a multiple of a row.
   *
   * @param next floats from a vector of the row to the next one
   */
  static void add(float x, float[] b, int bAt, int next, float[] sums, int at, int width) {
    FloatVector factor = FloatVector.broadcast(Lanes.SPECIES, x);
    int from = bAt;
    for (int to = at; to < at + width; to += L) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, to);
      factor.fma(FloatVector.fromArray(Lanes.SPECIES, b, from), sum).intoArray(sums, to);
      from += next;
    }
  }

  static void floor(float[] values, int at, int count, float floor) {
    for (int j = at; j < at + count; j++) {
      values[j] = values[j] < floor ? floor : values[j];
    }
  }
}
