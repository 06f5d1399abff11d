package io.github.lanewise.image;

/** The two of Keras's augmentations that change values and not places. */
final class ValueShift {

  private ValueShift() {}

  /** Adds to all values and keeps them between the smallest and largest there were. */
  static void channelShift(float intensity, float[] picture) {
    float min = min(picture);
    float max = max(picture);
    for (int i = 0; i < picture.length; i++) {
      picture[i] = Math.min(Math.max(picture[i] + intensity, min), max);
    }
  }

  /**
   * As {@code keras_preprocessing.image.apply_brightness_shift} (1.1): the picture becomes one of
   * whole levels, its largest value 255, and only then Pillow's {@code ImageEnhance.Brightness}
   * multiplies the levels, cutting off fractions. The last of four channels, alpha, is not
   * multiplied.
   *
   * @throws IllegalArgumentException if there are not one, three or four channels
   */
  static void brightness(float factor, float[] picture, int channels) {
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new IllegalArgumentException(
          "brightnessRange: expected pictures of 1, 3 or 4 channels, found " + channels);
    }
    float lift = Math.max(-min(picture), 0);
    float max = max(picture) + lift;
    float scale = max == 0 ? 1 : max;
    for (int i = 0; i < picture.length; i++) {
      int level = (int) ((picture[i] + lift) / scale * 255);
      boolean alpha = channels == 4 && i % 4 == 3;
      picture[i] = alpha ? level : (int) Math.min(Math.max(level * factor, 0), 255);
    }
  }

  private static float min(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static float max(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
