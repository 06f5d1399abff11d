package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A filter transformed for {@link WinogradConv2d}: one matrix [inputChannels, outputChannels] a
 * point, those of the horizontal axis within those of the vertical one.
 *
 * @param vertical the transform along the rows, null for filters of height 1
 * @param horizontal the transform along the columns, null for filters of width 1
 * @param panels the matrices, a group each
 */
record WinogradFilter(
    @Nullable WinogradTransform vertical, @Nullable WinogradTransform horizontal, Panels panels)
    implements PackedFilter {

  /** Tiles of an image below which a transformed filter is read for too few products. */
  private static final int FEWEST_TILES = 12;

  /** Products of the convolution, as it is written, for one of ours. */
  private static final double LEAST_SAVING = 1.5;

  /** The share of the time in which products are summed; transforms take the rest. */
  private static final double PRODUCTS_SHARE = 0.65;

  /** Rows that are summed at a time, so that sums are stored seldom. */
  private static final int TERMS = 3;

  /** Output pixels of an image whose tiles are one block, so that threads share the panels. */
  private static final int FEW_PIXELS = 96;

  /**
   * Input channels that are transformed together and then copied, so that panels get whole lines.
   */
  private static final int TOGETHER = 8;

  /** Taps along both axes: more lose too many bits. */
  private static final int MOST_TAPS = 25;

  /** Whether Winograd's algorithm is faster and still accurate. */
  static boolean suits(Conv2dGeometry g) {
    boolean dense =
        g.strideHeight() * g.strideWidth() * g.dilationHeight() * g.dilationWidth() == 1
            && g.groups() == 1
            && g.inputChannels() % Lanes.COUNT == 0
            && g.outputChannels() % Lanes.COUNT == 0;
    int taps = g.filterHeight() * g.filterWidth();
    if (!dense || taps > MOST_TAPS || !suitsRows(g) || !suitsColumns(g) || taps == 1) {
      return false;
    }
    WinogradTransform vertical = WinogradTransform.ofTaps(g.filterHeight());
    WinogradTransform horizontal = WinogradTransform.ofTaps(g.filterWidth());
    int tiles = tiles(vertical, g.outputHeight()) * tiles(horizontal, g.outputWidth());
    return tiles >= FEWEST_TILES && saving(g, vertical, horizontal) >= LEAST_SAVING;
  }

  private static boolean suitsRows(Conv2dGeometry g) {
    return g.filterHeight() == 1
        ? g.padTop() == 0 && g.outputHeight() == g.inputHeight()
        : WinogradTransform.ofTaps(g.filterHeight()) != null;
  }

  private static boolean suitsColumns(Conv2dGeometry g) {
    return g.filterWidth() == 1
        ? g.padLeft() == 0 && g.outputWidth() == g.inputWidth()
        : WinogradTransform.ofTaps(g.filterWidth()) != null;
  }

  /** Outputs of a tile along an axis. */
  static int outputs(@Nullable WinogradTransform axis) {
    return axis == null ? 1 : WinogradTransform.OUTPUTS;
  }

  /** Points along an axis. */
  static int points(@Nullable WinogradTransform axis) {
    return axis == null ? 1 : axis.points();
  }

  /** Tiles along an axis that cover so many outputs. */
  static int tiles(@Nullable WinogradTransform axis, int size) {
    return (size + outputs(axis) - 1) / outputs(axis);
  }

  /** Points of both axes. */
  int points() {
    return points(vertical) * points(horizontal);
  }

  /**
   * Transforms a filter [filterHeight, filterWidth, inputChannels, outputChannels]. Plain loops: in
   * a plan they run once, mostly before C2 has compiled anything, where vectors are slow.
   *
   * @param memory gives an array of at least so many floats, with anything in it
   */
  static WinogradFilter of(
      Conv2dGeometry g,
      float[] filter,
      int offset,
      IntFunction<float[]> memory,
      ParallelLoop loop) {
    WinogradTransform vertical = WinogradTransform.ofTaps(g.filterHeight());
    WinogradTransform horizontal = WinogradTransform.ofTaps(g.filterWidth());
    int channels = g.inputChannels();
    int columns = g.outputChannels();
    int points = points(vertical) * points(horizontal);
    double[][] rows = matrix(vertical);
    double[][] across = matrix(horizontal);
    boolean shared = g.outputHeight() * g.outputWidth() <= FEW_PIXELS;
    Panels panels = Panels.allocate(channels, columns, points, shared, memory);
    int blocks = (channels + TOGETHER - 1) / TOGETHER;
    loop.forRange(
        blocks,
        ParallelLoop.grain(TOGETHER * points * columns),
        (from, to) -> {
          for (int first = from * TOGETHER; first < Math.min(to * TOGETHER, channels); ) {
            int count = Math.min(TOGETHER, channels - first);
            pack(first, count, rows, across, filter, offset, g, panels);
            first += count;
          }
        });
    return new WinogradFilter(vertical, horizontal, panels);
  }

  /** The same filter with transformed weights rounded to that precision. */
  WinogradFilter in(WeightPrecision precision) {
    return new WinogradFilter(vertical, horizontal, panels.in(precision));
  }

  /** Transforms the filter's taps of some input channels into rows of each matrix. */
  private static void pack(
      int first,
      int count,
      double[][] rows,
      double[][] across,
      float[] filter,
      int offset,
      Conv2dGeometry g,
      Panels panels) {
    int columns = g.outputChannels();
    int points = rows.length * across.length;
    float[] transformed = PanelProduct.ofThread().floats(points * count * columns);
    for (int c = 0; c < count; c++) {
      transform(first + c, rows, across, filter, offset, g, transformed, c, count);
    }
    for (int point = 0; point < points; point++) {
      panels.packRows(point, first, count, transformed, point * count * columns, columns);
    }
  }

  /**
   * Transforms the taps of one input channel.
   *
   * @param transformed [points, count, output channels], of which this is channel {@code c}
   */
  private static void transform(
      int channel,
      double[][] rows,
      double[][] across,
      float[] filter,
      int offset,
      Conv2dGeometry g,
      float[] transformed,
      int c,
      int count) {
    int columns = g.outputChannels();
    int width = g.filterWidth();
    int all = g.filterHeight() * width;
    double[] taps = Scratch.TAPS.doubles(all * columns);
    double[] column = Scratch.COLUMN.doubles(width * columns);
    double[] sums = Scratch.SUMS.doubles(columns);
    for (int tap = 0; tap < all; tap++) {
      int from = offset + (tap * g.inputChannels() + channel) * columns;
      widen(filter, from, taps, tap * columns, columns);
    }
    for (int i = 0; i < rows.length; i++) {
      for (int x = 0; x < width; x++) {
        combine(rows[i], taps, x * columns, width * columns, column, x * columns, columns);
      }
      for (int j = 0; j < across.length; j++) {
        int point = i * across.length + j;
        int to = (point * count + c) * columns;
        if (across[j].length <= TERMS) {
          combine(across[j], column, columns, transformed, to, columns);
        } else {
          combine(across[j], column, 0, columns, sums, 0, columns);
          round(sums, transformed, to, columns);
        }
      }
    }
  }

  private static double[][] matrix(@Nullable WinogradTransform axis) {
    return axis == null ? new double[][] {{1}} : axis.filterMatrix();
  }

  private static void widen(float[] from, int fromAt, double[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[fromAt + i];
    }
  }

  /** Sums rows that are {@code step} apart, by factors. */
  private static void combine(
      double[] factors, double[] from, int fromAt, int step, double[] to, int toAt, int count) {
    for (int f = 0; f < factors.length; f += TERMS) {
      int at = fromAt + f * step;
      double a = factors[f];
      double b = factor(factors, f + 1);
      double c = factor(factors, f + 2);
      int second = f + 1 < factors.length ? at + step : at;
      int third = f + 2 < factors.length ? at + 2 * step : at;
      if (f == 0) {
        for (int i = 0; i < count; i++) {
          to[toAt + i] = a * from[at + i] + b * from[second + i] + c * from[third + i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          to[toAt + i] =
              to[toAt + i] + a * from[at + i] + b * from[second + i] + c * from[third + i];
        }
      }
    }
  }

  /** The same for at most {@link #TERMS} rows, rounded. */
  private static void combine(
      double[] factors, double[] from, int step, float[] to, int toAt, int count) {
    double a = factors[0];
    double b = factor(factors, 1);
    double c = factor(factors, 2);
    int second = factors.length > 1 ? step : 0;
    int third = factors.length > 2 ? 2 * step : 0;
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (float) (a * from[i] + b * from[second + i] + c * from[third + i]);
    }
  }

  private static double factor(double[] factors, int index) {
    return index < factors.length ? factors[index] : 0;
  }

  private static void round(double[] from, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (float) from[i];
    }
  }

  @Override
  public long bytes() {
    return panels.bytes();
  }

  @Override
  public WeightPrecision precision() {
    return panels.precision();
  }

  @Override
  public String algorithm() {
    return "Winograd F(%dx%d, %dx%d), tile %s"
        .formatted(
            outputs(vertical),
            outputs(horizontal),
            taps(vertical),
            taps(horizontal),
            panels.tile());
  }

  @Override
  public double expectedSpeed(Conv2dGeometry g) {
    return PRODUCTS_SHARE * saving(g, vertical, horizontal);
  }

  /** Products of the definition for one of ours. */
  private static double saving(
      Conv2dGeometry g,
      @Nullable WinogradTransform vertical,
      @Nullable WinogradTransform horizontal) {
    double products =
        (double) g.outputHeight() * g.outputWidth() * g.filterHeight() * g.filterWidth();
    int tiles = tiles(vertical, g.outputHeight()) * tiles(horizontal, g.outputWidth());
    return products / (tiles * points(vertical) * points(horizontal));
  }

  private static int taps(@Nullable WinogradTransform axis) {
    return axis == null ? 1 : axis.taps();
  }
}
