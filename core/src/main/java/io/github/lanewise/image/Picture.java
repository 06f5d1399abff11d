package io.github.lanewise.image;

/**
 * A decoded picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb [height, width, 3] unsigned bytes, top row first; not copied
 */
public record Picture(int width, int height, byte[] rgb) {

  /** Bytes of a pixel: red, green, blue. */
  public static final int CHANNELS = 3;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is less than 1, or {@code rgb} is not {@code height
   *     * width * 3} long
   */
  public Picture {
    if (width < 1 || height < 1 || rgb.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "Picture: expected height * width * 3 bytes, found "
              + rgb.length
              + " for "
              + height
              + " x "
              + width);
    }
  }

  /** One channel (0 red, 1 green, 2 blue) of one pixel, 0 to 255. */
  public int at(int y, int x, int channel) {
    return Byte.toUnsignedInt(rgb[(y * width + x) * CHANNELS + channel]);
  }
}
