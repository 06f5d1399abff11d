package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The gradient with respect to the filter of what {@link WinogradConv2d} computes, by the adjoint
 * of its steps: at each point, the transposed matrix of the transformed input's tiles, [channels,
 * tiles], times that of the output's gradient, [tiles, output channels]; then the adjoint of the
 * filter's transform.
 *
 * <p>Chunks of tiles pass one after another through memory that stays in cache; every element sums
 * over the tiles in order, whatever the threads are.
 */
final class WinogradFilterGradient {

  /** Floats of a chunk. */
  private static final int CHUNK = 393_216;

  private static final int STRIP = StripTile.STRIP;
  private static final int L = Lanes.COUNT;

  private final Conv2dGeometry g;
  private final @Nullable WinogradTransform vertical;
  private final @Nullable WinogradTransform horizontal;
  private final WinogradInput input;
  private final WinogradOutputGradient gradient;
  private final ParallelLoop loop;
  private final int channels;

  /** Output channels, padded to whole panels. */
  private final int width;

  private final int points;

  /** Strips of a chunk. */
  private final int strips;

  /** Tiles of a chunk, and behind them those of the gradient. */
  private final float[] transformed;

  /** Sums at the points: [points, channels, width]. */
  private final float[] sums;

  private WinogradFilterGradient(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] gradient,
      int gradientOffset,
      ParallelLoop loop) {
    this.g = g;
    this.vertical = WinogradTransform.ofTaps(g.filterHeight());
    this.horizontal = WinogradTransform.ofTaps(g.filterWidth());
    this.input = new WinogradInput(g, vertical, horizontal, input, inputOffset);
    this.gradient = new WinogradOutputGradient(g, vertical, horizontal, gradient, gradientOffset);
    this.loop = loop;
    this.channels = g.inputChannels();
    this.width = StripTile.roundUp(g.outputChannels(), StripTile.COLUMNS);
    this.points = WinogradFilter.points(vertical) * WinogradFilter.points(horizontal);
    int strip = this.input.tiles * points * (channels + width);
    this.strips = Math.max(1, Math.min(CHUNK / strip, g.batch() * this.input.strips));
    int tiles = strips * this.input.tiles;
    int ofPoint = CacheLines.spread(tiles * channels) + CacheLines.spread(tiles * width);
    this.transformed = Scratch.WORKSPACE.floats(Math.multiplyExact(points, ofPoint));
    this.sums = Scratch.GRADIENT.floats(Math.multiplyExact(points * channels, width));
  }

  /** Adds the gradient of a filter [filterHeight, filterWidth, inputChannels, outputChannels]. */
  static void add(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filterGradient,
      int filterGradientOffset,
      ParallelLoop loop) {
    new WinogradFilterGradient(g, input, inputOffset, outputGradient, outputGradientOffset, loop)
        .run(filterGradient, filterGradientOffset);
  }

  private void run(float[] to, int offset) {
    int all = g.batch() * input.strips;
    int blocks = channels / STRIP;
    for (int first = 0; first < all; first += strips) {
      int from = first;
      int count = Math.min(strips, all - first);
      loop.forEach(count, strip -> transform(from + strip, strip, count * input.tiles));
      loop.forEach(
          points * blocks, i -> multiply(i / blocks, i % blocks, count * input.tiles, from > 0));
    }
    float[][] down = taps(vertical);
    float[][] across = taps(horizontal);
    loop.forRange(
        channels,
        ParallelLoop.grain(points * width),
        (from, end) -> {
          for (int c = from; c < end; c++) {
            addChannel(c, down, across, to, offset);
          }
        });
  }

  private void transform(int strip, int ofChunk, int count) {
    int at = ofChunk * input.tiles;
    int pointStride = CacheLines.spread(channels * count);
    float[] scratch =
        PanelProduct.ofThread().floats(Math.max(input.scratchSize(), gradient.scratchSize()));
    input.transform(strip, transformed, at * STRIP, pointStride, STRIP, STRIP * count, scratch, 0);
    gradient.transform(
        strip,
        transformed,
        points * pointStride + at * StripTile.COLUMNS,
        CacheLines.spread(width * count),
        StripTile.COLUMNS * count,
        scratch,
        0);
  }

  /** The product of a strip of channels at a point with all panels. */
  private void multiply(int point, int block, int count, boolean add) {
    int pointStride = CacheLines.spread(channels * count);
    int left = point * pointStride + block * STRIP * count;
    int panels = points * pointStride + point * CacheLines.spread(width * count);
    int row = point * channels + block * STRIP;
    for (int column = 0; column < width; column += StripTile.COLUMNS) {
      StripTile.multiply(
          STRIP,
          count,
          transformed,
          left,
          transformed,
          panels + column * count,
          sums,
          row * width + column,
          width,
          add);
    }
  }

  /** Transforms the sums of an input channel into taps, and adds these. */
  private void addChannel(int channel, float[][] down, float[][] across, float[] to, int offset) {
    int columns = g.outputChannels();
    int horizontalPoints = WinogradFilter.points(horizontal);
    int pointStride = channels * width;
    float[] halfway = PanelProduct.ofThread().floats(horizontalPoints * columns);
    for (int y = 0; y < down.length; y++) {
      for (int j = 0; j < horizontalPoints; j++) {
        int from = j * pointStride + channel * width;
        combine(down[y], sums, from, horizontalPoints * pointStride, columns, halfway, j * columns);
      }
      for (int x = 0; x < across.length; x++) {
        int row = (y * across.length + x) * channels + channel;
        add(across[x], halfway, columns, columns, to, offset + row * columns);
      }
    }
  }

  /** The adjoint of the filter's transform: [taps, points]. */
  private static float[][] taps(@Nullable WinogradTransform axis) {
    if (axis == null) {
      return new float[][] {{1}};
    }
    double[][] matrix = axis.filterMatrix();
    float[][] taps = new float[axis.taps()][axis.points()];
    for (int tap = 0; tap < taps.length; tap++) {
      for (int point = 0; point < matrix.length; point++) {
        taps[tap][point] = (float) matrix[point][tap];
      }
    }
    return taps;
  }

  /** A combination of rows, {@code stride} apart. */
  private static void combine(
      float[] factors, float[] from, int fromAt, int stride, int columns, float[] to, int at) {
    for (int c = 0; c < columns; c += L) {
      FloatVector sum = FloatVector.zero(Lanes.SPECIES);
      for (int i = 0; i < factors.length; i++) {
        sum =
            FloatVector.fromArray(Lanes.SPECIES, from, fromAt + i * stride + c)
                .fma(FloatVector.broadcast(Lanes.SPECIES, factors[i]), sum);
      }
      sum.intoArray(to, at + c);
    }
  }

  /** Adds a combination of rows, {@code stride} apart. */
  private static void add(
      float[] factors, float[] from, int stride, int columns, float[] to, int at) {
    for (int c = 0; c < columns; c += L) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, to, at + c);
      for (int i = 0; i < factors.length; i++) {
        sum =
            FloatVector.fromArray(Lanes.SPECIES, from, i * stride + c)
                .fma(FloatVector.broadcast(Lanes.SPECIES, factors[i]), sum);
      }
      sum.intoArray(to, at + c);
    }
  }
}
