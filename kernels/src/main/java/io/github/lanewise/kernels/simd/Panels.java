package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/**
 * Matrices [k, columns], one a group, cut into panels of a few vectors of columns. A panel is
 * dense, [k, its width], padded with zeros to whole vectors; panels follow each other, group after
 * group.
 */
final class Panels implements PackedFilter {

  private static final int L = Lanes.COUNT;

  final int k;
  final int columns;
  final float[] data;
  private final int[] firstVector;

  private Panels(int k, int columns, int groups) {
    this.k = k;
    this.columns = columns;
    int vectors = (columns + L - 1) / L;
    this.firstVector = split(vectors);
    this.data = new float[Math.multiplyExact(groups * vectors * L, k)];
  }

  /** The first vector of each panel, and behind them the number of vectors. */
  private static int[] split(int vectors) {
    int max = Tile.MAX_VECTORS;
    int count = Math.max(1, (vectors + max - 1) / max);
    int[] first = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      first[i] = (int) ((long) vectors * i / count);
    }
    return first;
  }

  /** Packs matrices whose rows are {@code rowStride} apart; groups lie side by side in a row. */
  static Panels of(
      int k,
      int columns,
      int groups,
      float[] matrix,
      int offset,
      int rowStride,
      ParallelLoop loop) {
    Panels panels = new Panels(k, columns, groups);
    loop.forEach(
        groups * panels.count(),
        index -> {
          int group = index / panels.count();
          int panel = index % panels.count();
          panels.pack(group, panel, matrix, offset + group * columns, rowStride, 1);
        });
    return panels;
  }

  /** Memory for one matrix [k, columns] or one with fewer rows, to be filled by {@link #refill}. */
  static Panels allocate(int k, int columns) {
    return new Panels(k, columns, 1);
  }

  /**
   * Replaces the contents by a matrix with {@code rows <= k} rows; a panel then is [rows, its
   * width] and starts where it would with {@code k} rows.
   */
  void refill(float[] matrix, int offset, int rowStride, int columnStride, int rows) {
    for (int panel = 0; panel < count(); panel++) {
      packRows(start(0, panel), panel, matrix, offset, rowStride, columnStride, rows);
    }
  }

  private void pack(
      int group, int panel, float[] matrix, int offset, int rowStride, int columnStride) {
    packRows(start(group, panel), panel, matrix, offset, rowStride, columnStride, k);
  }

  private void packRows(
      int start, int panel, float[] matrix, int offset, int rowStride, int columnStride, int rows) {
    int width = vectors(panel) * L;
    int used = usedColumns(panel);
    int from = offset + firstColumn(panel) * columnStride;
    for (int row = 0; row < rows; row++) {
      int to = start + row * width;
      if (columnStride == 1) {
        System.arraycopy(matrix, from + row * rowStride, data, to, used);
      } else {
        for (int c = 0; c < used; c++) {
          data[to + c] = matrix[from + row * rowStride + c * columnStride];
        }
      }
      Arrays.fill(data, to + used, to + width, 0);
    }
  }

  /** Panels of a group. */
  int count() {
    return firstVector.length - 1;
  }

  /** Vectors of a panel. */
  int vectors(int panel) {
    return firstVector[panel + 1] - firstVector[panel];
  }

  /** The first column of a panel. */
  int firstColumn(int panel) {
    return firstVector[panel] * L;
  }

  /** Columns of a panel that are not padding. */
  int usedColumns(int panel) {
    return Math.min(columns, firstVector[panel + 1] * L) - firstColumn(panel);
  }

  /** Whether a panel ends with padding. */
  boolean ragged(int panel) {
    return usedColumns(panel) < vectors(panel) * L;
  }

  /** Where in {@link #data} a panel starts. */
  int start(int group, int panel) {
    return (group * firstVector[count()] + firstVector[panel]) * L * k;
  }

  @Override
  public int size() {
    return data.length;
  }
}
