package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.Arrays;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Matrices [k, columns], one a group, cut into panels of a few vectors of columns, padded with
 * zeros to whole vectors. The first panels of all groups follow each other, then the second ones:
 * who multiplies with a panel of each group, as Winograd's algorithm does, reads memory in order.
 *
 * <p>The rows of panels of the same width follow each other, in blocks [vectors, {@link
 * #BLOCK_ROWS}, floats of a vector]: from row to row each vector of columns lies in pages of its
 * own, and processors fetch as many streams ahead of the loop over rows; see ADR 24. Where panels
 * of a width end, the rest of the last block but one vector is unused.
 */
final class Panels implements PackedFilter {

  /** Rows of a block. A tile does not sum across its end. */
  static final int BLOCK_ROWS = 384;

  private static final int L = Lanes.COUNT;

  /** Floats from a vector of a row to the next one. */
  static final int NEXT = BLOCK_ROWS * L;

  /** Floats of rows that are copied together: they are to stay in the first-level cache. */
  private static final int TOGETHER = 4096;

  final int k;
  final int columns;
  final int groups;

  /** The weights, perhaps with more behind them; empty where they are {@link #compressed}. */
  final float[] data;

  final @Nullable CompressedPanels compressed;
  private final int[] firstVector;

  /** The first row of each panel of the first group, among those of the panels of its width. */
  private final int[] firstRows;

  /** Where the panels of each panel's width start, in vectors from {@link Lanes#FIRST} on. */
  private final int[] bases;

  private final int size;

  private Panels(
      int k, int columns, int groups, int widest, boolean shared, IntFunction<float[]> memory) {
    this.k = k;
    this.columns = columns;
    this.groups = groups;
    int vectors = (columns + L - 1) / L;
    this.firstVector = split(vectors, widest, shared);
    this.firstRows = new int[count()];
    this.bases = new int[count()];
    int end = 0;
    for (int width = vectors / count(); width * count() < vectors + count(); width++) {
      int rows = 0;
      for (int panel = 0; panel < count(); panel++) {
        if (vectors(panel) == width) {
          bases[panel] = end;
          firstRows[panel] = rows;
          rows = Math.addExact(rows, Math.multiplyExact(groups, k));
        }
      }
      if (Math.multiplyExact(rows, width) > 0) {
        int last = place(rows - 1, width) + (width - 1) * BLOCK_ROWS;
        end = Math.addExact(end, Math.addExact(last, 1));
      }
    }
    this.size = Math.multiplyExact(end, L);
    this.data = memory.apply(Math.addExact(Lanes.FIRST, size));
    this.compressed = null;
  }

  private Panels(Panels floats, CompressedPanels compressed) {
    this.k = floats.k;
    this.columns = floats.columns;
    this.groups = floats.groups;
    this.firstVector = floats.firstVector;
    this.firstRows = floats.firstRows;
    this.bases = floats.bases;
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

  /** Memory for matrices, one a group, to be filled by {@link #packRows}. */
  static Panels allocate(
      int k, int columns, int groups, boolean shared, IntFunction<float[]> memory) {
    return new Panels(k, columns, groups, Tile.MAX_VECTORS, shared, memory);
  }

  /** Replaces the contents, or their first rows, by a matrix with {@code rows <= k} rows. */
  void refill(float[] matrix, int offset, int rowStride, int rows) {
    for (int panel = 0; panel < count(); panel++) {
      int count;
      for (int row = 0; row < rows; row += count) {
        count = Math.min(Math.min(L, rows - row), rowsToBlockEnd(0, panel, row));
        for (int vector = 0; vector < vectors(panel); vector++) {
          int from = offset + row * rowStride + firstColumn(panel) + vector * L;
          int to = at(0, panel, row, vector);
          if (used(panel, vector) == L) {
            copy(count, matrix, from, rowStride, data, to);
          } else {
            copyPadded(count, used(panel, vector), matrix, from, rowStride, to);
          }
        }
      }
    }
  }

  private static void copy(int rows, float[] from, int fromAt, int stride, float[] to, int toAt) {
    for (int row = 0; row < rows; row++) {
      FloatVector.fromArray(Lanes.SPECIES, from, fromAt + row * stride)
          .intoArray(to, toAt + row * L);
    }
  }

  /** As {@link #refill}, of the transposed matrix: its columns are {@code columnStride} apart. */
  void refillTransposed(float[] matrix, int offset, int columnStride, int rows) {
    for (int panel = 0; panel < count(); panel++) {
      int count;
      for (int row = 0; row < rows; row += count) {
        count = Math.min(Math.min(L, rows - row), rowsToBlockEnd(0, panel, row));
        for (int vector = 0; vector < vectors(panel); vector++) {
          int from = offset + (firstColumn(panel) + vector * L) * columnStride + row;
          copyTransposed(panel, row, count, vector, matrix, from, columnStride);
        }
      }
    }
  }

  private void copyTransposed(
      int panel, int first, int rows, int vector, float[] matrix, int from, int stride) {
    int to = at(0, panel, first, vector);
    int used = used(panel, vector);
    for (int c = 0; c < used; c++) {
      for (int row = 0; row < rows; row++) {
        data[to + row * L + c] = matrix[from + c * stride + row];
      }
    }
    for (int row = 0; row < rows && used < L; row++) {
      Arrays.fill(data, to + row * L + used, to + row * L + L, 0);
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
    int together = Math.max(1, TOGETHER / Math.max(1, columns));
    for (int row = 0; row < count; row += together) {
      int rows = Math.min(together, count - row);
      packBlock(group, first + row, rows, matrix, from + row * stride, stride);
    }
  }

  private void packBlock(int group, int first, int rows, float[] matrix, int from, int stride) {
    for (int panel = 0; panel < count(); panel++) {
      int count;
      for (int row = 0; row < rows; row += count) {
        count = Math.min(rows - row, rowsToBlockEnd(group, panel, first + row));
        for (int vector = 0; vector < vectors(panel); vector++) {
          int at = from + row * stride + firstColumn(panel) + vector * L;
          int to = at(group, panel, first + row, vector);
          copyPadded(count, used(panel, vector), matrix, at, stride, to);
        }
      }
    }
  }

  /** Copies by means that are fast in the interpreter as well, for plans. */
  private void copyPadded(int rows, int used, float[] matrix, int from, int stride, int to) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, from + row * stride, data, to + row * L, used);
      if (used < L) {
        Arrays.fill(data, to + row * L + used, to + row * L + L, 0);
      }
    }
  }

  /** Columns of one of a panel's vectors that are not padding. */
  private int used(int panel, int vector) {
    return Math.min(L, usedColumns(panel) - vector * L);
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

  /**
   * Where in {@link #data} a row of a panel lies, in vectors from {@link Lanes#FIRST} on. The rows
   * behind it follow, up to the end of the block.
   */
  int place(int group, int panel, int row) {
    return bases[panel] + place(firstRow(group, panel) + row, vectors(panel));
  }

  /** Rows of a panel from one of them to the end of its block. */
  int rowsToBlockEnd(int group, int panel, int row) {
    return BLOCK_ROWS - (firstRow(group, panel) + row) % BLOCK_ROWS;
  }

  private int firstRow(int group, int panel) {
    return firstRows[panel] + group * k;
  }

  /** Where a row of those that follow each other lies, in vectors from the first one on. */
  private static int place(int row, int width) {
    return row / BLOCK_ROWS * BLOCK_ROWS * width + row % BLOCK_ROWS;
  }

  /** The float of {@link #data} where a vector of a row of a panel starts. */
  int at(int group, int panel, int row, int vector) {
    return Lanes.FIRST + place(group, panel, row) * L + vector * NEXT;
  }

  /** What takes a vector of a row: its first column, as {@link #column} counts, and its place. */
  interface VectorTask {
    void accept(int row, int column, int at);
  }

  /** Goes through the vectors of all rows, with where in {@link #data} each starts. */
  void forEachVector(VectorTask task) {
    for (int group = 0; group < groups; group++) {
      for (int panel = 0; panel < count(); panel++) {
        for (int vector = 0; vector < vectors(panel); vector++) {
          for (int row = 0; row < k; row++) {
            int column = column(group, panel) + vector * L;
            task.accept(row, column, at(group, panel, row, vector));
          }
        }
      }
    }
  }

  /** The first column of a panel among those of all groups, padding included. */
  int column(int group, int panel) {
    return (groups * firstVector[panel] + group * vectors(panel)) * L;
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
