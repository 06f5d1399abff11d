package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles 2 vectors wide; see {@link Tiles#run}. Accumulators are spelled out and each method has one
 * loop: C2 keeps them in registers then, on JDK 17 too.
 */
final class Tile2 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Tile2() {}

  static void rows1(
      float[] a,
      int a0,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
  }

  static void rows2(
      float[] a,
      int a0,
      int a1,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
  }

  static void rows3(
      float[] a,
      int a0,
      int a1,
      int a2,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
  }

  static void rows4(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c31, floor, c, cAt + 3 * cStride + L);
  }

  static void rows5(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    FloatVector c40 = FloatVector.fromArray(S, init, initAt + 4 * initStride);
    FloatVector c41 = FloatVector.fromArray(S, init, initAt + 4 * initStride + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c31, floor, c, cAt + 3 * cStride + L);
    Tiles.store(c40, floor, c, cAt + 4 * cStride);
    Tiles.store(c41, floor, c, cAt + 4 * cStride + L);
  }

  static void rows6(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      int a5,
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
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    FloatVector c40 = FloatVector.fromArray(S, init, initAt + 4 * initStride);
    FloatVector c41 = FloatVector.fromArray(S, init, initAt + 4 * initStride + L);
    FloatVector c50 = FloatVector.fromArray(S, init, initAt + 5 * initStride);
    FloatVector c51 = FloatVector.fromArray(S, init, initAt + 5 * initStride + L);
    for (int i = 0, p = bAt; i < k; i++, p += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + i]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c31, floor, c, cAt + 3 * cStride + L);
    Tiles.store(c40, floor, c, cAt + 4 * cStride);
    Tiles.store(c41, floor, c, cAt + 4 * cStride + L);
    Tiles.store(c50, floor, c, cAt + 5 * cStride);
    Tiles.store(c51, floor, c, cAt + 5 * cStride + L);
  }
}
