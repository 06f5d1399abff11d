package io.github.lanewise.op;

import java.util.Locale;

/** How windows are placed at the borders, as in Keras. */
public enum Padding {
  /**
   * As many outputs as {@code ceil(input / stride)}; the zeros needed for that lie on both sides,
   * the odd one at the bottom or right.
   */
  SAME,
  /** Windows lie within the input. */
  VALID;

  /** Outputs along one dimension; 0 or less where the input is too small. */
  int outputSize(int input, int window, int stride) {
    return this == SAME ? (input + stride - 1) / stride : Math.floorDiv(input - window, stride) + 1;
  }

  /** Zeros before the first input along one dimension. */
  int before(int input, int window, int stride) {
    if (this == VALID) {
      return 0;
    }
    int total = (outputSize(input, window, stride) - 1) * stride + window - input;
    return Math.max(total, 0) / 2;
  }

  /**
   * The padding of this Keras name, "same" or "valid".
   *
   * @throws IllegalArgumentException for another name
   */
  public static Padding of(String name) {
    for (Padding padding : values()) {
      if (padding.kerasName().equals(name)) {
        return padding;
      }
    }
    throw new IllegalArgumentException("padding: expected same or valid, found '" + name + "'");
  }

  /** Keras's name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
