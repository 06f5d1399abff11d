package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

/**
 * What a {@link Tile} or a {@link PictureTile} computes, bit for bit, by one loop so small that C2
 * has compiled it after some milliseconds, and at a quarter of the speed: sums lie in memory.
 */
final class PlainTile {

  private static final int L = Lanes.COUNT;

  private PlainTile() {}

  static void run(Tile t, int vectors, int height) {
    int width = vectors * L;
    for (int r = 0; r < height; r++) {
      int to = t.cAt + r * t.cStride;
      System.arraycopy(t.init, t.initAt + r * t.initStride, t.c, to, width);
      int bAt = Lanes.FIRST + t.bRow * L;
      for (int q = 0; q < t.end; q += t.distance) {
        int from = t.rows[t.row + r] + t.shift + q;
        for (int i = from; i < from + t.length; i++) {
          add(t.a[i], t.b, bAt, Panels.NEXT, t.c, to, width);
          bAt += L;
        }
      }
      floor(t.c, to, width, t.floor);
    }
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
  private static void add(float x, float[] b, int bAt, int next, float[] sums, int at, int width) {
    FloatVector factor = FloatVector.broadcast(Lanes.SPECIES, x);
    int from = bAt;
    for (int to = at; to < at + width; to += L) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, to);
      factor.fma(FloatVector.fromArray(Lanes.SPECIES, b, from), sum).intoArray(sums, to);
      from += next;
    }
  }

  private static void floor(float[] values, int at, int count, float floor) {
    for (int j = at; j < at + count; j++) {
      values[j] = values[j] < floor ? floor : values[j];
    }
  }
}
