package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles 1 vector wide; see {@link Tiles#run}. Accumulators are spelled out and each method has one
 * loop: C2 keeps them in registers then, on JDK 17 too.
 */
final class Tile1 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Tile1() {}

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
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
    }
    Tiles.store(c00, floor, c, cAt);
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
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c10, floor, c, cAt + cStride);
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
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
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
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
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
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c40 = FloatVector.fromArray(S, init, initAt + 4 * initStride);
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + i]);
      c40 = x4.fma(b0, c40);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c40, floor, c, cAt + 4 * cStride);
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
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c40 = FloatVector.fromArray(S, init, initAt + 4 * initStride);
    FloatVector c50 = FloatVector.fromArray(S, init, initAt + 5 * initStride);
    for (int i = 0, p = bAt; i < k; i++, p += L) {
      FloatVector b0 = FloatVector.fromArray(S, b, p);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + i]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + i]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + i]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + i]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + i]);
      c50 = x5.fma(b0, c50);
    }
    Tiles.store(c00, floor, c, cAt);
    Tiles.store(c10, floor, c, cAt + cStride);
    Tiles.store(c20, floor, c, cAt + 2 * cStride);
    Tiles.store(c30, floor, c, cAt + 3 * cStride);
    Tiles.store(c40, floor, c, cAt + 4 * cStride);
    Tiles.store(c50, floor, c, cAt + 5 * cStride);
  }
}
