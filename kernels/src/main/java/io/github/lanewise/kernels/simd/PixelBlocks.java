package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The output pixels of a convolution in blocks, in the order in which they are computed. Where many
 * taps of the filter fall on the border, as those of 7x1 on 7x7 pixels, pixels that see the same
 * taps come together, so that the others are neither read nor multiplied.
 *
 * @param order the pixels, counted through the whole batch; empty for 0, 1, 2 and so on
 */
record PixelBlocks(int[] order, List<Block> blocks) {

  /** Output pixels whose windows stay in the second-level cache while the panels pass by. */
  private static final int BLOCK = 96;

  /** Blocks are multiples of this, which is a multiple of the heights of the usual tiles. */
  private static final int FULL_TILES = 24;

  /** Tasks a thread that even out their different speeds. */
  private static final int TASKS_PER_THREAD = 4;

  /** What is to be left of the products, at most, for an order of its own to pay. */
  private static final double WORTHWHILE = 0.94;

  /**
   * Pixels that are computed together.
   *
   * @param from the first pixel, in the order
   * @param to behind the last
   */
  record Block(int from, int to, Taps vertical, Taps horizontal) {

    int count() {
      return to - from;
    }
  }

  /** The taps along one axis from {@code from} to before {@code to}. */
  record Taps(int from, int to) {

    int count() {
      return to - from;
    }
  }

  /**
   * The blocks of a convolution.
   *
   * @param panels that a block is multiplied with, each a task
   * @param reorder whether pixels may come in another order
   */
  static PixelBlocks of(Conv2dGeometry g, int panels, int threads, boolean reorder) {
    if (!reorder || !g.padded()) {
      return inOrder(g, panels, threads);
    }
    List<Taps> rows = new ArrayList<>();
    for (int y = 0; y < g.outputHeight(); y++) {
      int start = y * g.strideHeight() - g.padTop();
      rows.add(seen(start, g.filterHeight(), g.dilationHeight(), g.inputHeight()));
    }
    List<Taps> columns = new ArrayList<>();
    for (int x = 0; x < g.outputWidth(); x++) {
      int start = x * g.strideWidth() - g.padLeft();
      columns.add(seen(start, g.filterWidth(), g.dilationWidth(), g.inputWidth()));
    }
    List<Taps> wholeRows = Collections.nCopies(g.outputHeight(), new Taps(0, g.filterHeight()));
    List<Taps> wholeColumns = Collections.nCopies(g.outputWidth(), new Taps(0, g.filterWidth()));
    if (suits(g, rows, columns)) {
      return sorted(g, rows, columns);
    }
    if (suits(g, rows, wholeColumns)) {
      return sorted(g, rows, wholeColumns);
    }
    return suits(g, wholeRows, columns)
        ? sorted(g, wholeRows, columns)
        : inOrder(g, panels, threads);
  }

  /** Whether an image is not shared out, so that threads share the panels at batch 1. */
  static boolean oneBlock(Conv2dGeometry g) {
    return g.outputHeight() * g.outputWidth() < 2 * FULL_TILES;
  }

  private static int pixels(Conv2dGeometry g) {
    return g.batch() * g.outputHeight() * g.outputWidth();
  }

  private static PixelBlocks inOrder(Conv2dGeometry g, int panels, int threads) {
    int pixels = pixels(g);
    int count = (pixels + BLOCK - 1) / BLOCK;
    if (threads > 1) {
      int wanted = (TASKS_PER_THREAD * threads + panels - 1) / panels;
      count = Math.max(count, Math.min(wanted, pixels / FULL_TILES));
    }
    List<Block> blocks = new ArrayList<>();
    add(blocks, 0, pixels, count, new Taps(0, g.filterHeight()), new Taps(0, g.filterWidth()));
    return new PixelBlocks(new int[0], List.copyOf(blocks));
  }

  /** Adds blocks; all but the last are of full tiles. */
  private static void add(
      List<Block> blocks, int first, int pixels, int count, Taps vertical, Taps horizontal) {
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int share = (int) ((long) pixels * i / count);
      int to = i == count ? pixels : share / FULL_TILES * FULL_TILES;
      blocks.add(new Block(first + from, first + to, vertical, horizontal));
      from = to;
    }
  }

  /**
   * Whether pixels sorted by these taps leave out enough products, are enough to fill tiles, and
   * see something.
   */
  private static boolean suits(Conv2dGeometry g, List<Taps> rows, List<Taps> columns) {
    double all = (double) rows.size() * g.filterHeight() * columns.size() * g.filterWidth();
    return taps(rows) * taps(columns) <= WORTHWHILE * all
        && images(rows, columns) <= g.batch()
        && Stream.concat(rows.stream(), columns.stream()).allMatch(taps -> taps.count() > 0);
  }

  private static double taps(List<Taps> taps) {
    return taps.stream().mapToInt(Taps::count).sum();
  }

  /** How many images have enough pixels alike to fill tiles, of those that fewest are like. */
  private static int images(List<Taps> rows, List<Taps> columns) {
    int smallest = smallest(rows) * smallest(columns);
    return (FULL_TILES + smallest - 1) / smallest;
  }

  private static int smallest(List<Taps> taps) {
    return taps.stream().mapToInt(some -> Collections.frequency(taps, some)).min().orElseThrow();
  }

  /** Pixels sorted by the taps that they see, within as few images as fill tiles. */
  private static PixelBlocks sorted(Conv2dGeometry g, List<Taps> rows, List<Taps> columns) {
    int[] order = new int[pixels(g)];
    List<Block> blocks = new ArrayList<>();
    int groups = g.batch() / images(rows, columns);
    int end = 0;
    for (int group = 0; group < groups; group++) {
      int firstLine = g.batch() * group / groups * rows.size();
      int endLine = g.batch() * (group + 1) / groups * rows.size();
      for (Taps down : new LinkedHashSet<>(rows)) {
        for (Taps across : new LinkedHashSet<>(columns)) {
          int from = end;
          for (int line = firstLine; line < endLine; line++) {
            for (int x = 0; x < columns.size() && rows.get(line % rows.size()).equals(down); x++) {
              if (columns.get(x).equals(across)) {
                order[end++] = line * columns.size() + x;
              }
            }
          }
          int size = end - from;
          add(blocks, from, size, (size + BLOCK - 1) / BLOCK, down, across);
        }
      }
    }
    return new PixelBlocks(order, List.copyOf(blocks));
  }

  /** The taps of a window along one axis that are within the input. */
  private static Taps seen(int start, int taps, int dilation, int size) {
    int from = Math.max(0, Math.floorDiv(dilation - 1 - start, dilation));
    int to = Math.min(taps, Math.floorDiv(size - start + dilation - 1, dilation));
    return new Taps(from, to);
  }
}
