package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles 3 vectors wide; see {@link Tiles#run}. Accumulators are spelled out and each method has one
 * loop: C2 keeps them in registers then, on JDK 17 too.
 */
final class Tile3 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Tile3() {}

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
    FloatVector c02 = FloatVector.fromArray(S, init, initAt + 2 * L);
    for (int i = 0, p = bAt; i < k; i++, p += 3 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector b2 = FloatVector.fromArray(S, b, p + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c02, floor, c, cAt + 2 * L);
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
    FloatVector c02 = FloatVector.fromArray(S, init, initAt + 2 * L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, init, initAt + initStride + 2 * L);
    for (int i = 0, p = bAt; i < k; i++, p += 3 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector b2 = FloatVector.fromArray(S, b, p + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c02, floor, c, cAt + 2 * L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c12, floor, c, cAt + cStride + 2 * L);
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
    FloatVector c02 = FloatVector.fromArray(S, init, initAt + 2 * L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, init, initAt + initStride + 2 * L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, init, initAt + 2 * initStride + 2 * L);
    for (int i = 0, p = bAt; i < k; i++, p += 3 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector b2 = FloatVector.fromArray(S, b, p + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c02, floor, c, cAt + 2 * L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c12, floor, c, cAt + cStride + 2 * L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c22, floor, c, cAt + 2 * cStride + 2 * L);
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
    FloatVector c02 = FloatVector.fromArray(S, init, initAt + 2 * L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, init, initAt + initStride + 2 * L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, init, initAt + 2 * initStride + 2 * L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    FloatVector c32 = FloatVector.fromArray(S, init, initAt + 3 * initStride + 2 * L);
    for (int i = 0, p = bAt; i < k; i++, p += 3 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector b2 = FloatVector.fromArray(S, b, p + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c02, floor, c, cAt + 2 * L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c12, floor, c, cAt + cStride + 2 * L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c22, floor, c, cAt + 2 * cStride + 2 * L);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c31, floor, c, cAt + 3 * cStride + L);
    Tiles.store(c32, floor, c, cAt + 3 * cStride + 2 * L);
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
    FloatVector c02 = FloatVector.fromArray(S, init, initAt + 2 * L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c12 = FloatVector.fromArray(S, init, initAt + initStride + 2 * L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c22 = FloatVector.fromArray(S, init, initAt + 2 * initStride + 2 * L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    FloatVector c32 = FloatVector.fromArray(S, init, initAt + 3 * initStride + 2 * L);
    FloatVector c40 = FloatVector.fromArray(S, init, initAt + 4 * initStride);
    FloatVector c41 = FloatVector.fromArray(S, init, initAt + 4 * initStride + L);
    FloatVector c42 = FloatVector.fromArray(S, init, initAt + 4 * initStride + 2 * L);
    for (int i = 0, p = bAt; i < k; i++, p += 3 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector b1 = FloatVector.fromArray(S, b, p + L);
      FloatVector b2 = FloatVector.fromArray(S, b, p + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c01, floor, c, cAt + L);
    Tiles.store(c02, floor, c, cAt + 2 * L);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c11, floor, c, cAt + cStride + L);
    Tiles.store(c12, floor, c, cAt + cStride + 2 * L);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c21, floor, c, cAt + 2 * cStride + L);
    Tiles.store(c22, floor, c, cAt + 2 * cStride + 2 * L);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c31, floor, c, cAt + 3 * cStride + L);
    Tiles.store(c32, floor, c, cAt + 3 * cStride + 2 * L);
    Tiles.store(c40, floor, c, cAt + 4 * cStride);
    Tiles.store(c41, floor, c, cAt + 4 * cStride + L);
    Tiles.store(c42, floor, c, cAt + 4 * cStride + 2 * L);
  }
}
