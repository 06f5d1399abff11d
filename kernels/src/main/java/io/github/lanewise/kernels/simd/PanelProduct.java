package io.github.lanewise.kernels.simd;

import java.util.Arrays;

/**
 * Rows times one panel: the loop over tiles and stretches of k. Each thread has one and uses it
 * again and again, so that warm kernels allocate nothing.
 *
 * <p>Use: {@link #begin}, fill {@link #rows}, one of the {@code startFrom} methods unless the sums
 * start from zeros, {@link #add} or {@link #addStretches} for each part of the sum in order, {@link
 * #finish}.
 */
final class PanelProduct extends OfOneThread {

  /** Floats of compressed weights that stay in the first-level cache from expansion to use. */
  private static final int EXPANDED_PANEL = 4096;

  private static final int FIRST = Lanes.FIRST;

  private static final int[] IN_ORDER = {};

  private static final float[] ZEROS = new float[Tile.MAX_VECTORS * Lanes.COUNT];

  private static final ThreadLocal<PanelProduct> OF_THREAD =
      ThreadLocal.withInitial(PanelProduct::new);

  private final Tile tile = new Tile();
  private final float[] firstRow = new float[ZEROS.length + APART];
  private float[] padded = {};
  private float[] floats = {};

  /** Rows of a panel whose weights are compressed. */
  private float[] expanded = {};

  private Panels panels = Panels.allocate(0, 0, 1, false, float[]::new);

  private int group;
  private int panel;

  private int vectors;
  private int count;

  /** Columns that are not padding. */
  private int used;

  private boolean ragged;

  /** Whether tiles write to {@link #padded} rather than the product. */
  private boolean apart;

  private int[] places = IN_ORDER;
  private int firstPlace;
  private float[] product = {};
  private int productAt;
  private int productStride;
  private float[] init = ZEROS;
  private int initAt;
  private int initStride;

  private PanelProduct() {}

  /** The calling thread's. */
  static PanelProduct ofThread() {
    return OF_THREAD.get();
  }

  /** Memory of the calling thread, with anything in it; the same at each call. */
  float[] floats(int size) {
    if (floats.length < size) {
      floats = new float[size + APART];
    }
    return floats;
  }

  /**
   * Starts a product of {@code count} rows and a panel.
   *
   * @param c the product, its rows {@code cStride} apart; only the panel's columns are written
   */
  void begin(Panels panels, int group, int panel, int count, float[] c, int cAt, int cStride) {
    begin(panels, group, panel, count, c, cAt, cStride, IN_ORDER, 0);
  }

  /**
   * As above, with rows at other places of the product.
   *
   * @param places of the rows, in rows from {@code cAt}; empty for 0, 1, 2 and so on
   * @param firstPlace where in them the first row's is
   */
  void begin(
      Panels panels,
      int group,
      int panel,
      int count,
      float[] c,
      int cAt,
      int cStride,
      int[] places,
      int firstPlace) {
    this.panels = panels;
    this.group = group;
    this.panel = panel;
    this.vectors = panels.vectors(panel);
    this.used = panels.usedColumns(panel);
    this.ragged = panels.ragged(panel);
    this.places = places;
    this.firstPlace = firstPlace;
    this.apart = ragged || places.length > 0;
    this.count = count;
    this.product = c;
    this.productAt = cAt;
    this.productStride = cStride;
    this.init = ZEROS;
    this.initAt = 0;
    this.initStride = 0;
    if (apart) {
      int width = vectors * Lanes.COUNT;
      if (padded.length < FIRST + count * width) {
        padded = new float[FIRST + count * width + APART];
      }
      tile.c = padded;
      tile.cStride = width;
    } else {
      tile.c = c;
      tile.cStride = cStride;
    }
    if (tile.rows.length < count) {
      tile.rows = new int[count + APART];
    }
  }

  /** Where the rows of the left matrix start; for the caller to fill. */
  int[] rows() {
    return tile.rows;
  }

  /** The sums start from this row of values instead of zeros. */
  void startFromRow(float[] values, int at) {
    initStride = 0;
    if (ragged) {
      System.arraycopy(values, at, firstRow, 0, used);
      init = firstRow;
      initAt = 0;
    } else {
      init = values;
      initAt = at;
    }
  }

  /** The sums start from what the product holds. */
  void startFromProduct() {
    if (apart) {
      for (int r = 0; r < count; r++) {
        int at = FIRST + r * tile.cStride;
        System.arraycopy(product, rowOfProduct(r), padded, at, used);
        Arrays.fill(padded, at + used, at + tile.cStride, 0);
      }
    }
    continueProduct();
  }

  private void continueProduct() {
    init = tile.c;
    initAt = apart ? FIRST : productAt;
    initStride = tile.cStride;
  }

  /**
   * Adds one stretch of the sum.
   *
   * @param shift added to each row's start
   * @param from the first k of the stretch, for the panel
   * @param floor what is smaller becomes this: 0 for relu, -infinity for nothing
   */
  void add(float[] a, int shift, int from, int length, float floor) {
    int done = 0;
    do {
      int size = Math.min(length - done, rowsTogether(from + done));
      float lowest = done + size == length ? floor : Float.NEGATIVE_INFINITY;
      addTogether(a, shift + done, from + done, 1, size, size, lowest);
      done += size;
    } while (done < length);
  }

  /**
   * Adds several stretches of the sum, of the same length.
   *
   * @param shift of the first stretch, added to each row's start
   * @param from the first k of the first stretch, for the panel
   * @param distance from the start of a stretch to that of the next
   */
  void addStretches(
      float[] a, int shift, int from, int stretches, int distance, int length, float floor) {
    int count;
    for (int first = 0; first < stretches; first += count) {
      int row = from + first * length;
      int together = Tile.STRETCHES ? rowsTogether(row) / length : 1;
      count = Math.max(1, Math.min(together, stretches - first));
      float lowest = first + count == stretches ? floor : Float.NEGATIVE_INFINITY;
      int start = shift + first * distance;
      if (count == 1) {
        add(a, start, row, length, lowest);
      } else {
        addTogether(a, start, row, count, distance, length, lowest);
      }
    }
  }

  /** Adds stretches that a tile sums at once. */
  private void addTogether(
      float[] a, int shift, int from, int stretches, int distance, int length, float floor) {
    tile.a = a;
    tile.shift = shift;
    tile.floor = floor;
    tile.length = length;
    tile.distance = distance;
    tile.end = stretches * distance;
    readPanel(from, stretches * length);
    runTiles();
    continueProduct();
  }

  /**
   * How many of the panel's rows from one on a tile may sum at once: they are as dense in memory as
   * tiles expect, and stay in a cache while the rows of the left matrix pass by.
   */
  private int rowsTogether(int row) {
    return panels.compressed == null
        ? panels.rowsToBlockEnd(group, panel, row)
        : Math.min(CompressedPanels.MOST_ROWS, EXPANDED_PANEL / (vectors * Lanes.COUNT));
  }

  /** Lets the tiles read some rows of the panel, expanded first where they are compressed. */
  private void readPanel(int row, int rows) {
    CompressedPanels compressed = panels.compressed;
    if (compressed == null) {
      tile.b = panels.data;
      tile.bRow = panels.place(group, panel, row);
      return;
    }
    int size = compressed.expandedSize(vectors, rows);
    if (expanded.length < size) {
      expanded = new float[size];
    }
    tile.b = expanded;
    int column = panels.column(group, panel);
    tile.bRow = compressed.expand(column, vectors, row, rows, expanded);
  }

  private void runTiles() {
    int cAt = apart ? FIRST : productAt;
    tile.init = init;
    tile.initStride = initStride;
    int row = 0;
    while (row < count) {
      int height = Tile.height(count - row, vectors);
      tile.row = row;
      tile.initAt = initAt + row * initStride;
      tile.cAt = cAt + row * tile.cStride;
      tile.run(vectors, height);
      row += height;
    }
  }

  /** Ends the product; call it once. */
  void finish() {
    if (apart) {
      for (int r = 0; r < count; r++) {
        System.arraycopy(padded, FIRST + r * tile.cStride, product, rowOfProduct(r), used);
      }
    }
  }

  private int rowOfProduct(int row) {
    return productAt + (places.length == 0 ? row : places[firstPlace + row]) * productStride;
  }
}
