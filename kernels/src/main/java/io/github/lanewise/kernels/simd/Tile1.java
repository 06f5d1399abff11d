package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Tile}s 1 vector wide; why they have this form is said there. */
final class Tile1 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int F = Lanes.FIRST;

  private Tile1() {}

  static void run(int rows, Tile t) {
    switch (rows) {
      case 1 -> rows1(t);
      case 2 -> rows2(t);
      case 3 -> rows3(t);
      case 4 -> rows4(t);
      case 6 -> rows6(t);
      case 8 -> rows8(t);
      default -> throw new AssertionError(rows);
    }
  }

  private static void rows1(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
  }

  private static void rows2(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
  }

  private static void rows3(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
  }

  private static void rows4(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
  }

  private static void rows6(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    int a4 = t.rows[t.row + 4] + t.shift;
    int a5 = t.rows[t.row + 5] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c40 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride);
    FloatVector c50 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        FloatVector x4 = FloatVector.broadcast(S, t.a[a4 + shift + i]);
        c40 = x4.fma(b0, c40);
        FloatVector x5 = FloatVector.broadcast(S, t.a[a5 + shift + i]);
        c50 = x5.fma(b0, c50);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride);
  }

  private static void rows8(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    int a4 = t.rows[t.row + 4] + t.shift;
    int a5 = t.rows[t.row + 5] + t.shift;
    int a6 = t.rows[t.row + 6] + t.shift;
    int a7 = t.rows[t.row + 7] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c40 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride);
    FloatVector c50 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride);
    FloatVector c60 = FloatVector.fromArray(S, t.init, t.initAt + 6 * t.initStride);
    FloatVector c70 = FloatVector.fromArray(S, t.init, t.initAt + 7 * t.initStride);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        FloatVector x4 = FloatVector.broadcast(S, t.a[a4 + shift + i]);
        c40 = x4.fma(b0, c40);
        FloatVector x5 = FloatVector.broadcast(S, t.a[a5 + shift + i]);
        c50 = x5.fma(b0, c50);
        FloatVector x6 = FloatVector.broadcast(S, t.a[a6 + shift + i]);
        c60 = x6.fma(b0, c60);
        FloatVector x7 = FloatVector.broadcast(S, t.a[a7 + shift + i]);
        c70 = x7.fma(b0, c70);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.c, t.cAt + 6 * t.cStride);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.c, t.cAt + 7 * t.cStride);
  }
}
