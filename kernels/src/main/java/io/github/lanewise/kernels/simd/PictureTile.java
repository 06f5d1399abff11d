package io.github.lanewise.kernels.simd;

import java.util.stream.IntStream;

/**
 * The micro-kernel of {@link PictureConv2d}: {@code output[to + r * pitch + j] = max(floor, bias[j]
 * + sum over i of input[from + taps[i] + r * STEP] * filter[i, j])} for some pixels r of a row and
 * one or two vectors of output channels j, accumulated in registers; NaN stays NaN. The distance of
 * two windows is a constant: C2 then checks the first and the last index of a tile instead of each.
 * Holds the operands that the tiles of a convolution share; what differs are arguments.
 */
final class PictureTile {

  /** Floats from a pixel's window to the next one's. */
  static final int STEP = 6;

  /** The widest tile, in vectors. */
  static final int MAX_VECTORS = 2;

  /** The pixels that a row must have for any tile. */
  static final int MAX_PIXELS = 12;

  /**
   * Pixels of higher and lower tiles by their vectors. With 16 registers, tiles of five pixels and
   * two vectors are already half as fast, as C2 of JDK 17 compiles them.
   */
  private static final int[] HIGH =
      Lanes.MANY_REGISTERS ? new int[] {0, MAX_PIXELS, MAX_PIXELS} : new int[] {0, 8, 4};

  private static final int[] LOW = {0, 8, Lanes.MANY_REGISTERS ? 8 : 4};

  private static final WarmUp[] HIGH_WARM_UPS = warmUps(HIGH);
  private static final WarmUp[] LOW_WARM_UPS = warmUps(LOW);

  final float[] input;

  /** Where in a window the float of each row of the filter lies. */
  final int[] taps;

  /** Panels, each [taps, vectors of columns]. */
  final float[] filter;

  final float[] bias;
  final float floor;
  final float[] output;

  /** Floats from one output pixel to the next. */
  final int pitch;

  PictureTile(
      float[] input,
      int[] taps,
      float[] filter,
      float[] bias,
      float floor,
      float[] output,
      int pitch) {
    this.input = input;
    this.taps = taps;
    this.filter = filter;
    this.bias = bias;
    this.floor = floor;
    this.output = output;
    this.pitch = pitch;
  }

  private static WarmUp[] warmUps(int[] pixels) {
    int k = WarmUp.TURNS;
    return IntStream.range(0, pixels.length)
        .mapToObj(
            vectors ->
                new WarmUp(
                    k * vectors * pixels[vectors],
                    () -> {
                      int width = vectors * Lanes.COUNT;
                      PictureTile tile =
                          new PictureTile(
                              new float[pixels[vectors] * STEP],
                              new int[k],
                              new float[k * width],
                              new float[width],
                              0,
                              new float[pixels[vectors] * width],
                              width);
                      return () -> tile.sum(vectors, pixels[vectors], 0, 0, 0, 0);
                    }))
        .toArray(WarmUp[]::new);
  }

  /** Pixels of the highest tile of so many vectors. */
  static int maxPixels(int vectors) {
    return HIGH[vectors];
  }

  /**
   * Pixels of the next tile where some remain of a row: as many as the highest tile or a lower one
   * has, so that the tiles of a row cover fewer pixels twice than the lower one has.
   */
  static int pixels(int remaining, int vectors) {
    int high = HIGH[vectors];
    int low = LOW[vectors];
    return remaining <= low || (remaining > high && remaining <= 2 * low) ? low : high;
  }

  /**
   * Computes a tile.
   *
   * @param from where the first pixel's window starts in the input
   * @param weights where the panel starts
   * @param column the panel's first, for the bias
   * @param to the first pixel's in the output
   */
  void run(int vectors, int pixels, int from, int weights, int column, int to) {
    WarmUp[] warmUps = pixels == HIGH[vectors] ? HIGH_WARM_UPS : LOW_WARM_UPS;
    if (warmUps[vectors].over()) {
      sum(vectors, pixels, from, weights, column, to);
    } else {
      PlainTile.run(this, vectors, pixels, from, weights, column, to);
    }
  }

  /** As above, compiled or not. */
  void sum(int vectors, int pixels, int from, int weights, int column, int to) {
    switch (vectors) {
      case 1 -> PictureTile1.run(pixels, this, from, weights, column, to);
      case 2 -> PictureTile2.run(pixels, this, from, weights, column, to);
      default -> throw new AssertionError(vectors);
    }
  }
}
