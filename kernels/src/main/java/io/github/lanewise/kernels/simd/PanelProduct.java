package io.github.lanewise.kernels.simd;

/**
 * Rows times one panel: the loop over tiles and stretches of k. Holds the operands of one task; for
 * one thread.
 */
final class PanelProduct {

  /** Floats of a panel that stay in the first-level cache while the rows pass by. */
  private static final int CACHED_PANEL = 6144;

  private static final float[] ZEROS = new float[4 * Lanes.COUNT];

  private final Panels panels;
  private final int group;
  private final int panel;
  private final int vectors;
  private final int rows;
  private final int[] rowOffsets;
  private final float[] c;
  private final int cAt;
  private final int cStride;
  private float[] init = ZEROS;
  private int initAt;
  private int initStride;

  /**
   * @param rows rows of the left matrix
   * @param rowOffsets where they start
   * @param c the product, its rows {@code cStride} apart; whole vectors are written
   */
  PanelProduct(
      Panels panels,
      int group,
      int panel,
      int rows,
      int[] rowOffsets,
      float[] c,
      int cAt,
      int cStride) {
    this.panels = panels;
    this.group = group;
    this.panel = panel;
    this.vectors = panels.vectors(panel);
    this.rows = rows;
    this.rowOffsets = rowOffsets;
    this.c = c;
    this.cAt = cAt;
    this.cStride = cStride;
  }

  /** The first stretch starts from this row of values instead of zeros. */
  void startFromRow(float[] values, int at) {
    init = values;
    initAt = at;
    initStride = 0;
  }

  /** The first stretch starts from what the product holds. */
  void startFromProduct() {
    init = c;
    initAt = cAt;
    initStride = cStride;
  }

  /**
   * Adds one stretch of the sum.
   *
   * @param aShift added to each row's offset
   * @param from the first k of the stretch, for the panel
   * @param floor what is smaller becomes this: 0 for relu, -infinity for nothing
   */
  void add(float[] a, int aShift, int from, int length, float floor) {
    int width = vectors * Lanes.COUNT;
    int pieces = Math.max(1, (length * width + CACHED_PANEL - 1) / CACHED_PANEL);
    int base = panels.start(group, panel);
    for (int piece = 0; piece < pieces; piece++) {
      int start = (int) ((long) length * piece / pieces);
      int end = (int) ((long) length * (piece + 1) / pieces);
      float lowest = piece == pieces - 1 ? floor : Float.NEGATIVE_INFINITY;
      addPiece(a, aShift + start, base + (from + start) * width, end - start, lowest);
      startFromProduct();
    }
  }

  private void addPiece(float[] a, int aShift, int bAt, int length, float floor) {
    int tiles = (rows + Tiles.maxRows(vectors) - 1) / Tiles.maxRows(vectors);
    int[] shifted = new int[Tiles.maxRows(vectors)];
    for (int tile = 0; tile < tiles; tile++) {
      int row = rows * tile / tiles;
      int count = rows * (tile + 1) / tiles - row;
      for (int r = 0; r < count; r++) {
        shifted[r] = rowOffsets[row + r] + aShift;
      }
      Tiles.run(
          vectors,
          count,
          a,
          shifted,
          0,
          length,
          panels.data,
          bAt,
          init,
          initAt + row * initStride,
          initStride,
          c,
          cAt + row * cStride,
          cStride,
          floor);
    }
  }
}
