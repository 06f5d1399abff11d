package io.github.lanewise.kernels.simd;

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

  /** Half the pixels of a lower tile and a third of those of a higher one. */
  private static int unit(int vectors) {
    return vectors == 1 || Lanes.MANY_REGISTERS ? 4 : 2;
  }

  /** Pixels of the highest tile of so many vectors. */
  static int maxPixels(int vectors) {
    return 3 * unit(vectors);
  }

  /**
   * Pixels of the next tile where some remain of a row: two thirds of the most or the most, so that
   * the tiles of a row cover fewer than {@link #unit} pixels more than there are.
   */
  static int pixels(int remaining, int vectors) {
    int unit = unit(vectors);
    boolean low = remaining <= 2 * unit || remaining > 3 * unit && remaining <= 4 * unit;
    return low ? 2 * unit : 3 * unit;
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
    switch (vectors) {
      case 1 -> PictureTile1.run(pixels, this, from, weights, column, to);
      case 2 -> PictureTile2.run(pixels, this, from, weights, column, to);
      default -> throw new AssertionError(vectors);
    }
  }
}
