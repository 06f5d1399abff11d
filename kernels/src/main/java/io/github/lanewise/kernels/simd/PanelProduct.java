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

  /**
   * Floats of a panel that stay in the second-level cache while the rows pass by: half of the
   * smallest of these, 256 KB. A panel that streams from there keeps the multipliers busy, and
   * shorter sums would only store and load their accumulators more often.
   */
  private static final int CACHED_PANEL = 32_768;

  /** Floats of compressed weights that stay in the first-level cache from expansion to use. */
  private static final int EXPANDED_PANEL = 4096;

  /** Floats of two pages of 4 KB. */
  private static final int TWO_PAGES = 2048;

  /** Floats of a stretch of a panel from which on it pays to ask for its pages ahead. */
  private static final int MANY_PAGES = 6 * TWO_PAGES;

  /** Rows of a product up to which a panel counts as read from memory rather than a cache. */
  private static final int FEW_ROWS = 64;

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

  private Panels panels = Panels.allocate(0, 0);

  /** Where the panel starts, see {@link Panels#startRow}. */
  private int startRow;

  /** The panel's, among those of all groups. */
  private int index;

  /** The panel's first, among those of all groups, padding included. */
  private int column;

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
    this.startRow = panels.startRow(group, panel);
    this.index = panels.index(group, panel);
    this.column = panels.column(group, panel);
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
    int width = vectors * Lanes.COUNT;
    int cached = cachedPanel();
    int pieces = Math.max(1, (length * width + cached - 1) / cached);
    for (int piece = 0; piece < pieces; piece++) {
      int start = (int) ((long) length * piece / pieces);
      int size = (int) ((long) length * (piece + 1) / pieces) - start;
      float lowest = piece == pieces - 1 ? floor : Float.NEGATIVE_INFINITY;
      addCached(a, shift + start, from + start, 1, size, size, lowest);
    }
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
    int width = vectors * Lanes.COUNT;
    boolean joined = Tile.STRETCHES && parts(length) == 1;
    int together = joined ? Math.max(1, cachedPanel() / (length * width)) : 1;
    for (int first = 0; first < stretches; first += together) {
      int count = Math.min(together, stretches - first);
      float lowest = first + count == stretches ? floor : Float.NEGATIVE_INFINITY;
      int start = shift + first * distance;
      if (count == 1) {
        add(a, start, from + first * length, length, lowest);
        continue;
      }
      addCached(a, start, from + first * length, count, distance, length, lowest);
    }
  }

  /** Adds stretches whose part of the panel stays in the cache. */
  private void addCached(
      float[] a, int shift, int from, int stretches, int distance, int length, float floor) {
    tile.a = a;
    tile.shift = shift;
    tile.floor = floor;
    readPanel(from, stretches * length);
    setStretches(stretches, distance, length);
    runTiles(stretches == 1 ? parts(length) : 1);
    continueProduct();
  }

  private void setStretches(int stretches, int distance, int length) {
    tile.length = length;
    tile.distance = distance;
    tile.end = stretches * distance;
  }

  private int cachedPanel() {
    return panels.compressed == null ? CACHED_PANEL : EXPANDED_PANEL;
  }

  /** Lets the tiles read some rows of the panel, expanded first where they are compressed. */
  private void readPanel(int row, int rows) {
    CompressedPanels compressed = panels.compressed;
    if (compressed == null) {
      tile.b = panels.data;
      tile.bRow = startRow + row;
      return;
    }
    int room = FIRST + (rows * vectors + CompressedPanels.SLACK) * Lanes.COUNT;
    if (expanded.length < room) {
      expanded = new float[room];
    }
    int at = compressed.expand(index, column, vectors, row, rows, expanded);
    // Words hold several vectors; the first row may start within one.
    if (at > FIRST) {
      System.arraycopy(expanded, at, expanded, FIRST, rows * vectors * Lanes.COUNT);
    }
    tile.b = expanded;
    tile.bRow = 0;
  }

  /**
   * Of how many stretches the first tile makes one, as each asks for two pages of memory: 1 where
   * the panel is not news or is read too fast to matter.
   */
  private int parts(int length) {
    int width = vectors * Lanes.COUNT;
    int part = Integer.highestOneBit(TWO_PAGES / width);
    boolean news = count <= FEW_ROWS && panels.compressed == null;
    boolean suits = length * width >= MANY_PAGES && length % part == 0;
    return Tile.STRETCHES && news && suits ? length / part : 1;
  }

  /**
   * @param parts stretches of the first tile, for others' one; 1 for as many as the others
   */
  private void runTiles(int parts) {
    int cAt = apart ? FIRST : productAt;
    tile.init = init;
    tile.initStride = initStride;
    int row = 0;
    while (row < count) {
      int height = Tile.height(count - row, vectors);
      tile.row = row;
      tile.initAt = initAt + row * initStride;
      tile.cAt = cAt + row * tile.cStride;
      if (row == 0 && parts > 1) {
        int length = tile.length;
        setStretches(parts, length / parts, length / parts);
        tile.run(vectors, height);
        setStretches(1, length, length);
      } else {
        tile.run(vectors, height);
      }
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
