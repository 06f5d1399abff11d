package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightUpdate;

/**
 * An update that also takes a tile of the gradient, while it is in the first-level cache and the
 * multipliers are at work on the next one. It is to load all weights and state of the tile before
 * it stores any: rows may be a multiple of 4 KB apart, and the processor would take what is loaded
 * of the next row for what was stored of this one, and wait.
 */
interface TileUpdate extends WeightUpdate {

  /**
   * Updates {@link OuterTile#ROWS} rows of {@link OuterTile#COLUMNS} weights.
   *
   * @param from the first weight of the first row
   * @param stride from row to row of the weights
   * @param gradient of the tile, its rows after each other
   */
  void applyTile(int from, int stride, float[] gradient);
}
