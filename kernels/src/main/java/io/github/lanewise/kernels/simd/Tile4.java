package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Tile}s 4 vectors wide; why they have this form is said there. */
final class Tile4 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int F = Lanes.FIRST;
  private static final int N = Panels.NEXT;

  private Tile4() {}

  static void run(int rows, Tile t) {
    switch (rows) {
      case 1 -> rows1(t);
      case 2 -> rows2(t);
      case 3 -> rows3(t);
      case 4 -> rows4(t);
      case 6 -> rows6(t);
      default -> throw new AssertionError(rows);
    }
  }

  private static void rows1(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c02 = FloatVector.fromArray(S, t.init, t.initAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, t.init, t.initAt + 3 * L);
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
        FloatVector b2 = FloatVector.fromArray(S, t.b, F + i * L + 2 * N);
        FloatVector b3 = FloatVector.fromArray(S, t.b, F + i * L + 3 * N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c02.blend(t.floor, c02.lt(t.floor)).intoArray(t.c, t.cAt + 2 * L);
    c03.blend(t.floor, c03.lt(t.floor)).intoArray(t.c, t.cAt + 3 * L);
  }

  private static void rows2(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c02 = FloatVector.fromArray(S, t.init, t.initAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, t.init, t.initAt + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 3 * L);
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
        FloatVector b2 = FloatVector.fromArray(S, t.b, F + i * L + 2 * N);
        FloatVector b3 = FloatVector.fromArray(S, t.b, F + i * L + 3 * N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c02.blend(t.floor, c02.lt(t.floor)).intoArray(t.c, t.cAt + 2 * L);
    c03.blend(t.floor, c03.lt(t.floor)).intoArray(t.c, t.cAt + 3 * L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c12.blend(t.floor, c12.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 2 * L);
    c13.blend(t.floor, c13.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 3 * L);
  }

  private static void rows3(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c02 = FloatVector.fromArray(S, t.init, t.initAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, t.init, t.initAt + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 3 * L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 3 * L);
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
        FloatVector b2 = FloatVector.fromArray(S, t.b, F + i * L + 2 * N);
        FloatVector b3 = FloatVector.fromArray(S, t.b, F + i * L + 3 * N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        c22 = x2.fma(b2, c22);
        c23 = x2.fma(b3, c23);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c02.blend(t.floor, c02.lt(t.floor)).intoArray(t.c, t.cAt + 2 * L);
    c03.blend(t.floor, c03.lt(t.floor)).intoArray(t.c, t.cAt + 3 * L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c12.blend(t.floor, c12.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 2 * L);
    c13.blend(t.floor, c13.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 3 * L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c22.blend(t.floor, c22.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 2 * L);
    c23.blend(t.floor, c23.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 3 * L);
  }

  private static void rows4(Tile t) {
    int a0 = t.rows[t.row] + t.shift;
    int a1 = t.rows[t.row + 1] + t.shift;
    int a2 = t.rows[t.row + 2] + t.shift;
    int a3 = t.rows[t.row + 3] + t.shift;
    FloatVector c00 = FloatVector.fromArray(S, t.init, t.initAt);
    FloatVector c01 = FloatVector.fromArray(S, t.init, t.initAt + L);
    FloatVector c02 = FloatVector.fromArray(S, t.init, t.initAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, t.init, t.initAt + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 3 * L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 3 * L);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c31 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + L);
    FloatVector c32 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + 3 * L);
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
        FloatVector b2 = FloatVector.fromArray(S, t.b, F + i * L + 2 * N);
        FloatVector b3 = FloatVector.fromArray(S, t.b, F + i * L + 3 * N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
        // Never so. Behind it C2 loads the other rows; as in the highest tile.
        if (i - p == t.end) {
          throw new IndexOutOfBoundsException(i);
        }
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        c22 = x2.fma(b2, c22);
        c23 = x2.fma(b3, c23);
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        c32 = x3.fma(b2, c32);
        c33 = x3.fma(b3, c33);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c02.blend(t.floor, c02.lt(t.floor)).intoArray(t.c, t.cAt + 2 * L);
    c03.blend(t.floor, c03.lt(t.floor)).intoArray(t.c, t.cAt + 3 * L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c12.blend(t.floor, c12.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 2 * L);
    c13.blend(t.floor, c13.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 3 * L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c22.blend(t.floor, c22.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 2 * L);
    c23.blend(t.floor, c23.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 3 * L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + L);
    c32.blend(t.floor, c32.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + 2 * L);
    c33.blend(t.floor, c33.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + 3 * L);
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
    FloatVector c02 = FloatVector.fromArray(S, t.init, t.initAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, t.init, t.initAt + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride);
    FloatVector c11 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, t.init, t.initAt + t.initStride + 3 * L);
    FloatVector c20 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride);
    FloatVector c21 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, t.init, t.initAt + 2 * t.initStride + 3 * L);
    FloatVector c30 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride);
    FloatVector c31 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + L);
    FloatVector c32 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, t.init, t.initAt + 3 * t.initStride + 3 * L);
    FloatVector c40 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride);
    FloatVector c41 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride + L);
    FloatVector c42 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride + 2 * L);
    FloatVector c43 = FloatVector.fromArray(S, t.init, t.initAt + 4 * t.initStride + 3 * L);
    FloatVector c50 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride);
    FloatVector c51 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride + L);
    FloatVector c52 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride + 2 * L);
    FloatVector c53 = FloatVector.fromArray(S, t.init, t.initAt + 5 * t.initStride + 3 * L);
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
        FloatVector b2 = FloatVector.fromArray(S, t.b, F + i * L + 2 * N);
        FloatVector b3 = FloatVector.fromArray(S, t.b, F + i * L + 3 * N);
        FloatVector x0 = FloatVector.broadcast(S, t.a[a0 + shift + i]);
        c00 = x0.fma(b0, c00);
        c01 = x0.fma(b1, c01);
        c02 = x0.fma(b2, c02);
        c03 = x0.fma(b3, c03);
        FloatVector x1 = FloatVector.broadcast(S, t.a[a1 + shift + i]);
        c10 = x1.fma(b0, c10);
        c11 = x1.fma(b1, c11);
        c12 = x1.fma(b2, c12);
        c13 = x1.fma(b3, c13);
        FloatVector x2 = FloatVector.broadcast(S, t.a[a2 + shift + i]);
        c20 = x2.fma(b0, c20);
        c21 = x2.fma(b1, c21);
        c22 = x2.fma(b2, c22);
        c23 = x2.fma(b3, c23);
        // Never so. Behind it C2 loads the other rows; all six at once don't fit the registers.
        if (i - p == t.end) {
          throw new IndexOutOfBoundsException(i);
        }
        FloatVector x3 = FloatVector.broadcast(S, t.a[a3 + shift + i]);
        c30 = x3.fma(b0, c30);
        c31 = x3.fma(b1, c31);
        c32 = x3.fma(b2, c32);
        c33 = x3.fma(b3, c33);
        FloatVector x4 = FloatVector.broadcast(S, t.a[a4 + shift + i]);
        c40 = x4.fma(b0, c40);
        c41 = x4.fma(b1, c41);
        c42 = x4.fma(b2, c42);
        c43 = x4.fma(b3, c43);
        FloatVector x5 = FloatVector.broadcast(S, t.a[a5 + shift + i]);
        c50 = x5.fma(b0, c50);
        c51 = x5.fma(b1, c51);
        c52 = x5.fma(b2, c52);
        c53 = x5.fma(b3, c53);
      }
      q += t.distance;
      p += t.length;
    } while (Tile.STRETCHES && q < t.end);
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.c, t.cAt);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.c, t.cAt + L);
    c02.blend(t.floor, c02.lt(t.floor)).intoArray(t.c, t.cAt + 2 * L);
    c03.blend(t.floor, c03.lt(t.floor)).intoArray(t.c, t.cAt + 3 * L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + L);
    c12.blend(t.floor, c12.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 2 * L);
    c13.blend(t.floor, c13.lt(t.floor)).intoArray(t.c, t.cAt + t.cStride + 3 * L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + L);
    c22.blend(t.floor, c22.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 2 * L);
    c23.blend(t.floor, c23.lt(t.floor)).intoArray(t.c, t.cAt + 2 * t.cStride + 3 * L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + L);
    c32.blend(t.floor, c32.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + 2 * L);
    c33.blend(t.floor, c33.lt(t.floor)).intoArray(t.c, t.cAt + 3 * t.cStride + 3 * L);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride);
    c41.blend(t.floor, c41.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride + L);
    c42.blend(t.floor, c42.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride + 2 * L);
    c43.blend(t.floor, c43.lt(t.floor)).intoArray(t.c, t.cAt + 4 * t.cStride + 3 * L);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride);
    c51.blend(t.floor, c51.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride + L);
    c52.blend(t.floor, c52.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride + 2 * L);
    c53.blend(t.floor, c53.lt(t.floor)).intoArray(t.c, t.cAt + 5 * t.cStride + 3 * L);
  }
}
