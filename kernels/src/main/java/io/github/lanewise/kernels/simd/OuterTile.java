package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of {@link SimdOuterUpdate} where updates take tiles: four rows by two vectors of
 * a product whose sums are short, so that starting from zeros counts. Otherwise as {@link
 * StripTile}, with the same operands.
 */
final class OuterTile {

  /** Rows and columns of the tile. */
  static final int ROWS = StripTile.ROWS;

  static final int COLUMNS = StripTile.COLUMNS;

  private static final int STRIP = StripTile.STRIP;
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private OuterTile() {}

  /**
   * {@code c = a b}.
   *
   * @param a four rows of a strip [k, STRIP]
   * @param b a panel [k, COLUMNS]
   * @param c gets the tile [ROWS, COLUMNS] from its beginning
   */
  static void multiply(int k, float[] a, int aAt, float[] b, int bAt, float[] c) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
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
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c10.intoArray(c, COLUMNS);
    c11.intoArray(c, COLUMNS + L);
    c20.intoArray(c, 2 * COLUMNS);
    c21.intoArray(c, 2 * COLUMNS + L);
    c30.intoArray(c, 3 * COLUMNS);
    c31.intoArray(c, 3 * COLUMNS + L);
  }
}
