package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of the products of a large matrix of weights and a batch: four rows by two
 * vectors, of operands packed in strips. Its constant strides cost no range checks, and it fits 16
 * registers; {@link Tile} can do more besides, which short sums would pay for. One loop a method,
 * accumulators spelled out: else C2 leaves vectors in boxes.
 */
final class StripTile {

  /** Rows of a tile. */
  static final int ROWS = 4;

  /** Rows of a strip of the left operand: those of some tiles. */
  static final int STRIP = Math.max(ROWS, Lanes.COUNT);

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Columns of a tile. */
  static final int COLUMNS = 2 * L;

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
   * {@code c = a b} for a tile's rows of a strip [k, STRIP], from {@link #at} on, and a panel [k,
   * COLUMNS].
   */
  static void multiply(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
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

  /**
   * {@code c += a b} for a tile's rows of a strip [k, STRIP], from {@link #at} on, and a panel [k,
   * COLUMNS].
   */
  static void add(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
    FloatVector c00 = FloatVector.fromArray(S, c, cAt);
    FloatVector c01 = FloatVector.fromArray(S, c, cAt + L);
    FloatVector c10 = FloatVector.fromArray(S, c, cAt + stride);
    FloatVector c11 = FloatVector.fromArray(S, c, cAt + stride + L);
    FloatVector c20 = FloatVector.fromArray(S, c, cAt + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(S, c, cAt + 2 * stride + L);
    FloatVector c30 = FloatVector.fromArray(S, c, cAt + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(S, c, cAt + 3 * stride + L);
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
}
