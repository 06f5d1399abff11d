package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;

/**
 * The weights of {@link Panels} in fewer bits. A vector of words holds those of some rows that
 * follow each other, lane for lane, of one vector of columns of a panel, whose words are dense.
 * Rows are expanded right before a tile reads them, into memory that stays in the first-level
 * cache.
 */
abstract class CompressedPanels {

  /** Most rows to expand at once: with all that share their words they fit a block. */
  static final int MOST_ROWS = Panels.BLOCK_ROWS - 8;

  private static final int L = Lanes.COUNT;

  /** Rows that share a vector of words. */
  private final int shared;

  /** Words of a vector of columns of a panel. */
  private final int pitch;

  final int[] words;

  CompressedPanels(Panels panels, int shared) {
    this.shared = shared;
    this.pitch = (panels.k + shared - 1) / shared * L;
    this.words = new int[panels.paddedColumns() / L * pitch];
  }

  /** Rounds all weights into the words, which are zeros before. */
  final void pack(Panels panels) {
    panels.forEachVector((row, column, at) -> packVector(row, column, panels.data, at));
  }

  private void packVector(int row, int column, float[] weights, int from) {
    int to = start(column) + row / shared * L;
    int shift = row % shared * (Integer.SIZE / shared);
    for (int c = 0; c < L; c++) {
      words[to + c] |= bits(weights[from + c], column + c) << shift;
    }
  }

  /** Floats of an array that rows are expanded into. */
  final int expandedSize(int vectors, int rows) {
    return Lanes.FIRST + (vectors - 1) * Panels.NEXT + (rows + 2 * shared) * L;
  }

  /**
   * Expands rows of a panel, {@link #MOST_ROWS} or fewer.
   *
   * @param column the panel's first among those of all panels, padding included
   * @param to receives the rows from {@link Lanes#FIRST} on, their vectors {@link Panels#NEXT}
   *     floats apart
   * @return where in {@code to} the first row starts, in vectors from there; the others follow it
   */
  final int expand(int column, int vectors, int row, int rows, float[] to) {
    int first = row / shared;
    int end = (row + rows + shared - 1) / shared;
    for (int vector = 0; vector < vectors; vector++) {
      int from = column + vector * L;
      int at = Lanes.FIRST + vector * Panels.NEXT;
      expandVectors(start(from) + first * L, end - first, from, to, at);
    }
    return row % shared;
  }

  /** Where the words of a vector of columns start. */
  final int start(int column) {
    return column / L * pitch;
  }

  /** Bytes held. */
  long bytes() {
    return 4L * words.length;
  }

  /** How the weights are held. */
  abstract WeightPrecision precision();

  /** The rounded weight as the lowest bits of a word. */
  abstract int bits(float weight, int column);

  /**
   * Expands vectors of words.
   *
   * @param at the first word
   * @param count vectors of words
   * @param column the first of their columns
   */
  abstract void expandVectors(int at, int count, int column, float[] to, int toAt);

  /**
   * The product of one row and a panel of two vectors without expanding it first: for a matrix that
   * is read once, at the memory's speed.
   *
   * @param sums of the columns, two vectors, to which the products are added
   */
  abstract void addRow(int k, float[] row, int rowAt, int column, float[] sums);
}
