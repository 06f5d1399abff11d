package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Matrices [k, columns], one a group, cut into panels of a few vectors of columns. A panel is
 * dense, [k, its width], padded with zeros to whole vectors. The first panels of all groups follow
 * each other, then the second ones: who multiplies with a panel of each group, as Winograd's
 * algorithm does, reads memory in order.
 */
final class Panels implements PackedFilter {

  /** Floats of rows that are copied together: they are to stay in the first-level cache. */
  private static final int BLOCK = 4096;

  private static final int L = Lanes.COUNT;

  final int k;
  final int columns;
  final int groups;

  /** The weights, perhaps with more behind them; empty where they are {@link #compressed}. */
  final float[] data;

  final @Nullable CompressedPanels compressed;
  private final int[] firstVector;

  /** Where each panel of the first group starts, counted from {@link Lanes#FIRST}. */
  private final int[] starts;

  private final int size;

  private Panels(
      int k, int columns, int groups, int widest, boolean shared, IntFunction<float[]> memory) {
    this.k = k;
    this.columns = columns;
    this.groups = groups;
    int vectors = (columns + L - 1) / L;
    this.firstVector = split(vectors, widest, shared);
    this.starts = new int[count()];
    int at = 0;
    for (int panel = 0; panel < starts.length; panel++) {
      int width = vectors(panel) * L;
      starts[panel] = StripTile.roundUp(at, Math.max(1, width));
      at = Math.addExact(starts[panel], Math.multiplyExact(groups * width, k));
    }
    this.size = at;
    this.data = memory.apply(Math.addExact(Lanes.FIRST, size));
    this.compressed = null;
  }

  private Panels(Panels floats, CompressedPanels compressed) {
    this.k = floats.k;
    this.columns = floats.columns;
    this.groups = floats.groups;
    this.firstVector = floats.firstVector;
    this.starts = floats.starts;
    this.size = floats.size;
    this.data = new float[0];
    this.compressed = compressed;
  }

  /**
   * The first vector of each panel, and behind them the number of vectors.
   *
   * @param shared for an even number of panels, where there are several: two threads share them
   */
  private static int[] split(int vectors, int widest, boolean shared) {
    int count = Math.max(1, (vectors + widest - 1) / widest);
    count += shared && count > 1 && count < vectors ? count % 2 : 0;
    int[] first = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      first[i] = (int) ((long) vectors * i / count);
    }
    return first;
  }

  /**
   * Packs matrices whose rows are {@code rowStride} apart; groups lie side by side in a row.
   *
   * @param widest vectors of a panel, at most
   * @param shared whether threads share the panels
   * @param memory gives an array of at least so many floats, with anything in it
   */
  static Panels of(
      int k,
      int columns,
      int groups,
      int widest,
      boolean shared,
      float[] matrix,
      int offset,
      int rowStride,
      IntFunction<float[]> memory,
      ParallelLoop loop) {
    Panels panels = new Panels(k, columns, groups, widest, shared, memory);
    loop.forRange(
        groups * k,
        ParallelLoop.grain(columns),
        (from, to) -> {
          int count;
          for (int i = from; i < to; i += count) {
            int group = i / k;
            int first = i % k;
            count = Math.min(to - i, k - first);
            int at = offset + first * rowStride + group * columns;
            panels.packRows(group, first, count, matrix, at, rowStride);
          }
        });
    return panels;
  }

  /** The same panels with weights of that precision. */
  Panels in(WeightPrecision precision) {
    return switch (precision) {
      case FLOAT32 -> this;
      case BFLOAT16 -> new Panels(this, new BFloat16Panels(this));
      case INT8 -> new Panels(this, new Int8Panels(this));
    };
  }

  /** Memory for one matrix [k, columns] or one with fewer rows, to be filled by {@link #refill}. */
  static Panels allocate(int k, int columns) {
    return allocate(k, columns, 1, true, float[]::new);
  }

  /** Memory for matrices, one a group, to be filled by {@link #packRows}. */
  static Panels allocate(
      int k, int columns, int groups, boolean shared, IntFunction<float[]> memory) {
    return new Panels(k, columns, groups, Tile.MAX_VECTORS, shared, memory);
  }

  /**
   * Replaces the contents by a matrix with {@code rows <= k} rows; a panel then is [rows, its
   * width] and starts where it would with {@code k} rows.
   */
  void refill(float[] matrix, int offset, int rowStride, int rows) {
    packRows(0, 0, rows, matrix, offset, rowStride);
  }

  /** As {@link #refill}, of the transposed matrix: its columns are {@code columnStride} apart. */
  void refillTransposed(float[] matrix, int offset, int columnStride, int rows) {
    for (int panel = 0; panel < count(); panel++) {
      int width = vectors(panel) * L;
      int used = usedColumns(panel);
      for (int first = 0; first < rows; first += L) {
        int end = Math.min(first + L, rows);
        for (int c = 0; c < used; c++) {
          int from = offset + (firstColumn(panel) + c) * columnStride;
          for (int row = first, to = start(0, panel) + first * width + c; row < end; row++) {
            data[to] = matrix[from + row];
            to += width;
          }
        }
      }
      for (int row = 0; row < rows && used < width; row++) {
        int at = start(0, panel) + row * width;
        Arrays.fill(data, at + used, at + width, 0);
      }
    }
  }

  /**
   * Copies some rows to all panels of their group: to each panel in the order of memory, as lines
   * that are written here and there would each be fetched before.
   *
   * @param first of the rows within the group's matrix
   * @param stride from row to row of what is copied
   */
  void packRows(int group, int first, int count, float[] matrix, int from, int stride) {
    int together = Math.max(1, BLOCK / Math.max(1, columns));
    for (int row = 0; row < count; row += together) {
      int rows = Math.min(together, count - row);
      packBlock(group, first + row, rows, matrix, from + row * stride, stride);
    }
  }

  private void packBlock(int group, int first, int rows, float[] matrix, int from, int stride) {
    for (int panel = 0; panel < count(); panel++) {
      int width = vectors(panel) * L;
      int used = usedColumns(panel);
      int to = start(group, panel) + first * width;
      int at = from + firstColumn(panel);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(matrix, at, data, to, used);
        if (used < width) {
          Arrays.fill(data, to + used, to + width, 0);
        }
        to += width;
        at += stride;
      }
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

  /** Columns of all groups, padding included. */
  int paddedColumns() {
    return groups * firstVector[count()] * L;
  }

  /** Where in {@link #data} a panel starts. */
  int start(int group, int panel) {
    return Lanes.FIRST + startRow(group, panel) * vectors(panel) * L;
  }

  /** Where in {@link #data} a panel starts, in rows of its width from {@link Lanes#FIRST} on. */
  int startRow(int group, int panel) {
    return starts[panel] / (vectors(panel) * L) + group * k;
  }

  /** The first column of a panel among those of all groups, padding included. */
  int column(int group, int panel) {
    return (groups * firstVector[panel] + group * vectors(panel)) * L;
  }

  /** The number of a panel among those of all groups, in the order of memory. */
  int index(int group, int panel) {
    return panel * groups + group;
  }

  @Override
  public long bytes() {
    return compressed == null ? 4L * size : compressed.bytes();
  }

  @Override
  public WeightPrecision precision() {
    return compressed == null ? WeightPrecision.FLOAT32 : compressed.precision();
  }

  @Override
  public String algorithm() {
    return "direct, tile " + tile();
  }

  /** Rows and columns that a tile accumulates in registers. */
  String tile() {
    return Tile.maxRows(vectors(0)) + "x" + vectors(0) * L;
  }

  @Override
  public double expectedSpeed(Conv2dGeometry g) {
    return g.inputChannels() < L ? 0.7 : 0.9;
  }
}
