package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Tile}s 2 vectors wide; why they have this form is said there. */
final class Tile2 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int F = Lanes.FIRST;
  private static final int N = Panels.NEXT;

  private Tile2() {}

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
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
  }

  private static void rows2(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
  }

  private static void rows3(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        // Never so. Behind it C2 loads the other rows; as in the highest tile.
        if (i - p == t.end) {
          throw new IndexOutOfBoundsException(i);
        }
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
  }

  private static void rows4(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c31 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + L);
  }

  private static void rows6(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    int a4 = t.rows[t.row + 4] + t.shift;
    int a5 = t.rows[t.row + 5] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c31 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + L);
    FloatVector c40 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride);
    FloatVector c41 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride + L);
    FloatVector c50 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride);
    FloatVector c51 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(S, t.a[a4 + shift + i]);
        c40 = x4.fma(b0, c40);
        c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(S, t.a[a5 + shift + i]);
        c50 = x5.fma(b0, c50);
        c51 = x5.fma(b1, c51);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + L);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride);
    c41.blend(t.floor, c41.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride + L);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride);
    c51.blend(t.floor, c51.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride + L);
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
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c31 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + L);
    FloatVector c40 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride);
    FloatVector c41 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride + L);
    FloatVector c50 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride);
    FloatVector c51 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride + L);
    FloatVector c60 = FloatVector.fromArray(S, t.init, t.initAt + 6 * t.initStride);
    FloatVector c61 = FloatVector.fromArray(S, t.init, t.initAt + 6 * t.initStride + L);
    FloatVector c70 = FloatVector.fromArray(S, t.init, t.initAt + 7 * t.initStride);
    FloatVector c71 = FloatVector.fromArray(S, t.init, t.initAt + 7 * t.initStride + L);
    int p = t.bRow;
    int q = 0;
    do {
      if (Tile.STRETCHES && q > t.end) {
        throw new IndexOutOfBoundsException(q);
      }
      int shift = q - p;
      for (int i = p; i < p + t.length; i++) {
        FloatVector b0 = FloatVector.fromArray(S, t.b, F + i * L);
        FloatVector b1 = FloatVector.fromArray(S, t.b, F + i * L + N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(S, t.a[a4 + shift + i]);
        c40 = x4.fma(b0, c40);
        c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(S, t.a[a5 + shift + i]);
        c50 = x5.fma(b0, c50);
        c51 = x5.fma(b1, c51);
        FloatVector x6 = FloatVector.broadcast(S, t.a[a6 + shift + i]);
        c60 = x6.fma(b0, c60);
        c61 = x6.fma(b1, c61);
        FloatVector x7 = FloatVector.broadcast(S, t.a[a7 + shift + i]);
        c70 = x7.fma(b0, c70);
        c71 = x7.fma(b1, c71);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + L);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride);
    c41.blend(t.floor, c41.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride + L);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride);
    c51.blend(t.floor, c51.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride + L);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.c, t.cAt + 6 * t.cStride);
    c61.blend(t.floor, c61.lt(t.floor)).intoArray(t.c, t.cAt + 6 * t.cStride + L);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.c, t.cAt + 7 * t.cStride);
    c71.blend(t.floor, c71.lt(t.floor)).intoArray(t.c, t.cAt + 7 * t.cStride + L);
  }
}
