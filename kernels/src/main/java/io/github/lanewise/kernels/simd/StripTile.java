package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of the products of a large matrix of weights and a batch: four rows by two
 * vectors, or eight where there are registers for them, of operands packed in strips. Its constant
 * strides cost no range checks; {@link Tile} can do more besides, which short sums would pay for.
 * One loop a method, accumulators spelled out: else C2 leaves vectors in boxes.
 */
final class StripTile {

  /** Rows of a tile; a high one has twice as many. */
  static final int ROWS = 4;

  private static final int HIGH = 2 * ROWS;

  /** Rows of a strip of the left operand: those of some tiles. */
  static final int STRIP = Math.max(ROWS, Lanes.COUNT);

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Columns of a tile. */
  static final int COLUMNS = 2 * L;

  /** Rows of the highest tile. */
  private static final int MOST = Lanes.MANY_REGISTERS && STRIP % HIGH == 0 ? HIGH : ROWS;

  private static final float[] ZEROS = new float[COLUMNS];

  private StripTile() {}

  /** The least multiple of {@code multiple} that is not below {@code value}. */
  static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** Where a row starts in strips [k, STRIP] that follow each other. */
  static int at(int row, int k) {
    return row / STRIP * STRIP * k + row % STRIP;
  }

  /**
   * Packs columns of rows into panels [k, COLUMNS], one after another; the last is padded by what
   * is there, zeros in a new array.
   */
  static void packPanels(
      int k, int n, float[] b, int bAt, int stride, float[] panels, int panelsAt) {
    for (int column = 0; column < n; column += COLUMNS) {
      int count = Math.min(COLUMNS, n - column);
      int to = panelsAt + column * k;
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, bAt + p * stride + column, panels, to + p * COLUMNS, count);
      }
    }
  }

  /**
   * {@code c = a b}, or {@code c += a b}, for strips [k, STRIP] that follow each other and a panel
   * [k, COLUMNS].
   *
   * @param rows of the strips; those of c are written up to the next multiple of {@link #ROWS}
   */
  static void multiply(
      int rows,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int stride,
      boolean add) {
    float[] init = add ? c : ZEROS;
    int initStride = add ? stride : 0;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = rows - r > ROWS ? MOST : ROWS;
      int strip = aAt + at(r, k);
      int to = cAt + r * stride;
      int from = add ? to : 0;
      if (height == ROWS) {
        low(k, a, strip, b, bAt, init, from, initStride, c, to, stride);
      } else {
        high(k, a, strip, b, bAt, init, from, initStride, c, to, stride);
      }
    }
  }

  private static void low(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int stride) {
    FloatVector c00 = FloatVector.fromArray(S, init, initAt);
    FloatVector c01 = FloatVector.fromArray(S, init, initAt + L);
    FloatVector c10 = FloatVector.fromArray(S, init, initAt + initStride);
    FloatVector c11 = FloatVector.fromArray(S, init, initAt + initStride + L);
    FloatVector c20 = FloatVector.fromArray(S, init, initAt + 2 * initStride);
    FloatVector c21 = FloatVector.fromArray(S, init, initAt + 2 * initStride + L);
    FloatVector c30 = FloatVector.fromArray(S, init, initAt + 3 * initStride);
    FloatVector c31 = FloatVector.fromArray(S, init, initAt + 3 * initStride + L);
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bAt + COLUMNS * i);
      FloatVector b1 = FloatVector.fromArray(S, b, bAt + COLUMNS * i + L);
      FloatVector x = FloatVector.broadcast(S, a[aAt + STRIP * i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 3]);
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
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] init,
      int initAt,
      int initStride,
      float[] c,
      int cAt,
      int stride) {
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
    FloatVector c60 = FloatVector.fromArray(S, init, initAt + 6 * initStride);
    FloatVector c61 = FloatVector.fromArray(S, init, initAt + 6 * initStride + L);
    FloatVector c70 = FloatVector.fromArray(S, init, initAt + 7 * initStride);
    FloatVector c71 = FloatVector.fromArray(S, init, initAt + 7 * initStride + L);
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bAt + COLUMNS * i);
      FloatVector b1 = FloatVector.fromArray(S, b, bAt + COLUMNS * i + L);
      FloatVector x = FloatVector.broadcast(S, a[aAt + STRIP * i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[aAt + STRIP * i + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
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
  }
}
