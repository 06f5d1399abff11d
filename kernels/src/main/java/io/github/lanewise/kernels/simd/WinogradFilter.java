package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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

  private static final VectorSpecies<Double> D = Lanes.DOUBLES;
  private static final int L = Lanes.COUNT;

  /** Tiles of an image below which a transformed filter is read for too few products. */
  private static final int FEWEST_TILES = 12;

  /** Products of the convolution, as it is written, for one of ours. */
  private static final double LEAST_SAVING = 1.5;

  /** The share of the time in which products are summed; transforms take the rest. */
  private static final double PRODUCTS_SHARE = 0.65;

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
   * Transforms a filter [filterHeight, filterWidth, inputChannels, outputChannels].
   *
   * @param precision that the transformed filter is rounded to
   */
  static WinogradFilter of(
      Conv2dGeometry g, float[] filter, int offset, WeightPrecision precision) {
    WinogradTransform vertical = WinogradTransform.ofTaps(g.filterHeight());
    WinogradTransform horizontal = WinogradTransform.ofTaps(g.filterWidth());
    int channels = g.inputChannels();
    int columns = g.outputChannels();
    int points = points(vertical) * points(horizontal);
    float[] matrices = new float[Math.multiplyExact(channels * points, columns)];
    double[][] rows = matrix(vertical);
    double[][] across = matrix(horizontal);
    double[] column = new double[g.filterWidth() * columns];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < rows.length; i++) {
        combine(rows[i], filter, offset, c, g, column);
        for (int j = 0; j < across.length; j++) {
          int at = ((c * rows.length + i) * across.length + j) * columns;
          combine(across[j], column, columns, matrices, at);
        }
      }
    }
    Panels panels =
        Panels.of(channels, columns, points, matrices, 0, points * columns, ParallelLoop.serial());
    return new WinogradFilter(vertical, horizontal, panels.in(precision, points));
  }

  private static double[][] matrix(@Nullable WinogradTransform axis) {
    return axis == null ? new double[][] {{1}} : axis.filterMatrix();
  }

  /** Sums the filter's rows of one input channel: [filterWidth, outputChannels]. */
  private static void combine(
      double[] factors, float[] filter, int offset, int channel, Conv2dGeometry g, double[] to) {
    int columns = g.outputChannels();
    int stride = g.filterWidth() * g.inputChannels() * columns;
    for (int x = 0; x < g.filterWidth(); x++) {
      int from = offset + (x * g.inputChannels() + channel) * columns;
      for (int o = 0; o < columns; o += L) {
        DoubleVector low = DoubleVector.zero(D);
        DoubleVector high = low;
        for (int y = 0; y < factors.length; y++) {
          FloatVector taps = FloatVector.fromArray(Lanes.SPECIES, filter, from + y * stride + o);
          low = Lanes.low(taps).mul(factors[y]).add(low);
          high = Lanes.high(taps).mul(factors[y]).add(high);
        }
        low.intoArray(to, x * columns + o);
        high.intoArray(to, x * columns + o + D.length());
      }
    }
  }

  /** Sums the columns of one input channel: [outputChannels]. */
  private static void combine(double[] factors, double[] from, int columns, float[] to, int at) {
    for (int o = 0; o < columns; o += L) {
      DoubleVector low = DoubleVector.zero(D);
      DoubleVector high = low;
      for (int x = 0; x < factors.length; x++) {
        int start = x * columns + o;
        low = DoubleVector.fromArray(D, from, start).mul(factors[x]).add(low);
        high = DoubleVector.fromArray(D, from, start + D.length()).mul(factors[x]).add(high);
      }
      Lanes.round(low, high).intoArray(to, at + o);
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
