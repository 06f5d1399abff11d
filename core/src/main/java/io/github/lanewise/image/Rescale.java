package io.github.lanewise.image;

/**
 * Maps the values 0 to 255 of a picture: {@code x / divisor + offset}.
 *
 * @param divisor not 0
 * @param offset added after the division
 */
public record Rescale(float divisor, float offset) {

  /** To 0 to 1, as Keras's {@code rescale=1/255}. */
  public static final Rescale UNIT = new Rescale(255, 0);

  /** To -1 to 1, as {@code keras.applications.inception_v3.preprocess_input}. */
  public static final Rescale SYMMETRIC = new Rescale(127.5f, -1);

  /** Leaves 0 to 255. */
  public static final Rescale NONE = new Rescale(1, 0);

  /**
   * Checks the divisor.
   *
   * @throws IllegalArgumentException if it is 0 or not finite
   */
  public Rescale {
    if (divisor == 0 || !Float.isFinite(divisor)) {
      throw new IllegalArgumentException(
          "divisor: expected a number other than 0, found " + divisor);
    }
  }

  /** Maps {@code n} values in place. */
  public void apply(int n, float[] values, int valuesOffset) {
    for (int i = valuesOffset; i < valuesOffset + n; i++) {
      values[i] = values[i] / divisor + offset;
    }
  }
}
