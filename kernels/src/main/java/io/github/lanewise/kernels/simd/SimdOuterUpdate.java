package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightUpdate;
import jdk.incubator.vector.FloatVector;

/**
 * The product {@code a^T b} of [k, m] and [k, n], of which some rows at a time are computed and
 * handed to an update, so that the product is never stored whole. Here k is the batch: short, so
 * that the tile does without what {@link Tile} can do besides. Tasks are stretches of rows; every
 * element sums over k in order, as in {@link SimdGemm}.
 */
final class SimdOuterUpdate {

  private static final int TASK_ROWS = 192;

  /** Floats of the product that stay in the second-level cache until the update has read them. */
  private static final int BLOCK = 24_576;

  private final int m;
  private final int n;
  private final int k;
  private final float[] a;
  private final int aOffset;
  private final WeightUpdate update;

  /** Columns, padded to whole tiles. */
  private final int width;

  /** Rows of a block. */
  private final int rows;

  /** b as panels [k, StripTile.COLUMNS], padded with zeros. */
  private final float[] panels;

  private SimdOuterUpdate(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, WeightUpdate update) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.aOffset = aOffset;
    this.update = update;
    this.width = StripTile.roundUp(n, StripTile.COLUMNS);
    this.rows = Math.min(TASK_ROWS, StripTile.roundUp(Math.max(1, BLOCK / width), StripTile.ROWS));
    this.panels = new float[k * width];
    StripTile.packPanels(k, n, b, bOffset, n, panels, 0);
  }

  static void run(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      WeightUpdate update,
      ParallelLoop loop) {
    SimdOuterUpdate outer = new SimdOuterUpdate(m, n, k, a, aOffset, b, bOffset, update);
    loop.forRange(m, TASK_ROWS, outer::task);
  }

  private void task(int from, int to) {
    float[] left = new float[StripTile.roundUp(rows, StripTile.STRIP) * k];
    float[] product = PanelProduct.ofThread().floats(rows * width);
    for (int i = from; i < to; i += rows) {
      int count = Math.min(rows, to - i);
      pack(i, count, left);
      if (Lanes.MANY_REGISTERS && update instanceof TileUpdate tiles) {
        updateTiles(i, count, left, product, tiles);
      } else {
        updateRows(i, count, left, product);
      }
    }
  }

  /** Computes some rows of the product, then updates by them. */
  private void updateRows(int first, int count, float[] left, float[] product) {
    for (int column = 0; column < width; column += StripTile.COLUMNS) {
      StripTile.multiply(count, k, left, 0, panels, column * k, product, column, width, false);
    }
    if (width == n) {
      update.apply(first * n, (first + count) * n, product, 0);
    } else {
      for (int r = 0; r < count; r++) {
        update.apply((first + r) * n, (first + r + 1) * n, product, r * width);
      }
    }
  }

  /** Updates by each tile as soon as it is computed. */
  private void updateTiles(int first, int count, float[] left, float[] product, TileUpdate tiles) {
    int columns = StripTile.COLUMNS;
    for (int r = 0; r < count; r += StripTile.ROWS) {
      int strip = StripTile.at(r, k);
      int height = Math.min(StripTile.ROWS, count - r);
      int weight = (first + r) * n;
      for (int column = 0; column < n; column += columns) {
        OuterTile.multiply(k, left, strip, panels, column * k, product);
        if (height == StripTile.ROWS && column + columns <= n) {
          tiles.applyTile(weight + column, n, product);
        } else {
          int used = Math.min(columns, n - column);
          for (int i = 0; i < height; i++) {
            int at = weight + i * n + column;
            tiles.apply(at, at + used, product, i * columns);
          }
        }
      }
    }
  }

  /** Rows of a^T from {@code first} on as strips. */
  private void pack(int first, int count, float[] left) {
    for (int r = 0; r < count; r += StripTile.STRIP) {
      int used = Math.min(StripTile.STRIP, count - r);
      for (int p = 0; p < k; p++) {
        int from = aOffset + p * m + first + r;
        int to = r * k + p * StripTile.STRIP;
        if (used == Lanes.COUNT) {
          FloatVector.fromArray(Lanes.SPECIES, a, from).intoArray(left, to);
        } else {
          System.arraycopy(a, from, left, to, used);
        }
      }
    }
  }
}
