package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;

/**
 * The weights of {@link Panels} in fewer bits. A panel is a row of vectors; a vector of words holds
 * some that follow each other, lane for lane. Rows are expanded right before a tile reads them,
 * into memory that stays in the first-level cache.
 */
abstract class CompressedPanels {

  /** Vectors that an expansion may write beyond those it was asked for. */
  static final int SLACK = 8;

  private static final int L = Lanes.COUNT;

  /** Vectors of floats that share a vector of words. */
  private final int shared;

  /** Where each panel starts among the words, in the order of {@link Panels#index}. */
  private final int[] starts;

  /** Whole vectors of words for each panel. */
  final int[] words;

  CompressedPanels(Panels panels, int shared) {
    this.shared = shared;
    this.starts = new int[panels.groups * panels.count()];
    int size = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = size;
      size += L * ((panels.k * panels.vectors(i / panels.groups) + shared - 1) / shared);
    }
    this.words = new int[size];
  }

  /** Rounds all weights into the words, which are zeros before. */
  final void pack(Panels panels) {
    for (int i = 0; i < starts.length; i++) {
      int panel = i / panels.groups;
      int width = panels.vectors(panel) * L;
      int from = panels.start(i % panels.groups, panel);
      int column = panels.column(i % panels.groups, panel);
      for (int at = 0; at < panels.k * width; at++) {
        int to = starts[i] + at / (shared * L) * L + at % L;
        int shift = at / L % shared * (Integer.SIZE / shared);
        words[to] |= bits(panels.data[from + at], column + at % width) << shift;
      }
    }
  }

  /**
   * Expands rows of a panel.
   *
   * @param index the panel's, as {@link Panels#index} has it
   * @param column its first column among those of all panels, padding included
   * @param to is written from {@link Lanes#FIRST} on, and has room for the rows and {@link #SLACK}
   *     vectors
   * @return where in {@code to} the first row starts; the others follow it, dense
   */
  final int expand(int index, int column, int vectors, int row, int rows, float[] to) {
    int first = row * vectors / shared;
    int end = ((row + rows) * vectors + shared - 1) / shared;
    expandVectors(
        starts[index] + first * L, end - first, column, vectors, first * shared % vectors, to);
    return Lanes.FIRST + row * vectors % shared * L;
  }

  /** Where a panel starts among the words. */
  final int start(int index) {
    return starts[index];
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
   * Expands vectors of words, to {@link Lanes#FIRST} of an array and behind it.
   *
   * @param at the first word
   * @param count vectors of words
   * @param column the panel's first
   * @param vectors of a row of the panel
   * @param firstVector where in a row the first vector lies
   */
  abstract void expandVectors(
      int at, int count, int column, int vectors, int firstVector, float[] to);

  /**
   * The product of one row and a panel of two vectors without expanding it first: for a matrix that
   * is read once, at the memory's speed.
   *
   * @param sums of the columns, two vectors, to which the products are added
   */
  abstract void addRow(int k, float[] row, int rowAt, int index, int column, float[] sums);
}
