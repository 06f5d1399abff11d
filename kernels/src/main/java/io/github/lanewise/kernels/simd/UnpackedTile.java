package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of {@link UnpackedGemm}: ten rows, or four, by two vectors. One loop a method,
 * accumulators spelled out: else C2 leaves vectors in boxes.
 */
final class UnpackedTile {

  /** Rows of the low tile; the high one takes what is left above two of these. */
  private static final int LOW = 4;

  private static final int HIGH = 10;

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Columns of a tile. */
  static final int COLUMNS = 2 * L;

  private UnpackedTile() {}

  /** Rows of the tiles that cover so many. */
  static int height(int rows) {
    int height = 0;
    while (height < rows) {
      height += next(rows - height);
    }
    return height;
  }

  /**
   * {@code c += a b} for a stretch of the sum and one tile.
   *
   * @param height of the tile
   * @param a the left operand, [k, height]
   * @param b the right one, rows of {@link #COLUMNS} that are {@code bStride} apart
   */
  static void multiply(
      int height,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int stride) {
    if (height == HIGH) {
      high(k, a, aAt, b, bAt, bStride, c, cAt, stride);
    } else {
      low(k, a, aAt, b, bAt, bStride, c, cAt, stride);
    }
  }

  /** The height of the next tile, with so many rows left. */
  static int next(int left) {
    return left > 2 * LOW ? HIGH : LOW;
  }

  private static void low(
      int k, float[] a, int aAt, float[] b, int bAt, int bStride, float[] c, int cAt, int stride) {
    FloatVector c00 = FloatVector.fromArray(S, c, cAt);
    FloatVector c01 = FloatVector.fromArray(S, c, cAt + L);
    FloatVector c10 = FloatVector.fromArray(S, c, cAt + stride);
    FloatVector c11 = FloatVector.fromArray(S, c, cAt + stride + L);
    FloatVector c20 = FloatVector.fromArray(S, c, cAt + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(S, c, cAt + 2 * stride + L);
    FloatVector c30 = FloatVector.fromArray(S, c, cAt + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(S, c, cAt + 3 * stride + L);
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bAt + bStride * i);
      FloatVector b1 = FloatVector.fromArray(S, b, bAt + bStride * i + L);
      FloatVector x = FloatVector.broadcast(S, a[aAt + LOW * i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[aAt + LOW * i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[aAt + LOW * i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[aAt + LOW * i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + L);
    c10.intoArray(c, cAt + stride);
    c11.intoArray(c, cAt + stride + L);
    c20.intoArray(c, cAt + 2 * stride);
    c21.intoArray(c, cAt + 2 * stride + L);
    c30.intoArray(c, cAt + 3 * stride);
    c31.intoArray(c, cAt + 3 * stride + L);
  }

  private static void high(
      int k, float[] a, int aAt, float[] b, int bAt, int bStride, float[] c, int cAt, int stride) {
    FloatVector c00 = FloatVector.fromArray(S, c, cAt);
    FloatVector c01 = FloatVector.fromArray(S, c, cAt + L);
    FloatVector c10 = FloatVector.fromArray(S, c, cAt + stride);
    FloatVector c11 = FloatVector.fromArray(S, c, cAt + stride + L);
    FloatVector c20 = FloatVector.fromArray(S, c, cAt + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(S, c, cAt + 2 * stride + L);
    FloatVector c30 = FloatVector.fromArray(S, c, cAt + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(S, c, cAt + 3 * stride + L);
    FloatVector c40 = FloatVector.fromArray(S, c, cAt + 4 * stride);
    FloatVector c41 = FloatVector.fromArray(S, c, cAt + 4 * stride + L);
    FloatVector c50 = FloatVector.fromArray(S, c, cAt + 5 * stride);
    FloatVector c51 = FloatVector.fromArray(S, c, cAt + 5 * stride + L);
    FloatVector c60 = FloatVector.fromArray(S, c, cAt + 6 * stride);
    FloatVector c61 = FloatVector.fromArray(S, c, cAt + 6 * stride + L);
    FloatVector c70 = FloatVector.fromArray(S, c, cAt + 7 * stride);
    FloatVector c71 = FloatVector.fromArray(S, c, cAt + 7 * stride + L);
    FloatVector c80 = FloatVector.fromArray(S, c, cAt + 8 * stride);
    FloatVector c81 = FloatVector.fromArray(S, c, cAt + 8 * stride + L);
    FloatVector c90 = FloatVector.fromArray(S, c, cAt + 9 * stride);
    FloatVector c91 = FloatVector.fromArray(S, c, cAt + 9 * stride + L);
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bAt + bStride * i);
      FloatVector b1 = FloatVector.fromArray(S, b, bAt + bStride * i + L);
      FloatVector x = FloatVector.broadcast(S, a[aAt + HIGH * i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 8]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      x = FloatVector.broadcast(S, a[aAt + HIGH * i + 9]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + L);
    c10.intoArray(c, cAt + stride);
    c11.intoArray(c, cAt + stride + L);
    c20.intoArray(c, cAt + 2 * stride);
    c21.intoArray(c, cAt + 2 * stride + L);
    c30.intoArray(c, cAt + 3 * stride);
    c31.intoArray(c, cAt + 3 * stride + L);
    c40.intoArray(c, cAt + 4 * stride);
    c41.intoArray(c, cAt + 4 * stride + L);
    c50.intoArray(c, cAt + 5 * stride);
    c51.intoArray(c, cAt + 5 * stride + L);
    c60.intoArray(c, cAt + 6 * stride);
    c61.intoArray(c, cAt + 6 * stride + L);
    c70.intoArray(c, cAt + 7 * stride);
    c71.intoArray(c, cAt + 7 * stride + L);
    c80.intoArray(c, cAt + 8 * stride);
    c81.intoArray(c, cAt + 8 * stride + L);
    c90.intoArray(c, cAt + 9 * stride);
    c91.intoArray(c, cAt + 9 * stride + L);
  }
}
