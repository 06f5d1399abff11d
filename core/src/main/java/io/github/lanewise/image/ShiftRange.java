package io.github.lanewise.image;

import java.util.Arrays;

/**
 * What Keras's {@code width_shift_range} and {@code height_shift_range} accept: a number, an
 * integer, or numbers to choose from.
 */
final class ShiftRange {

  static final ShiftRange NONE = new ShiftRange(0, new double[0]);

  private final double limit;
  private final double[] choices;

  private ShiftRange(double limit, double[] choices) {
    this.limit = limit;
    this.choices = choices;
  }

  /** Anything between {@code -limit} and {@code limit}. */
  static ShiftRange upTo(String argument, double limit) {
    return new ShiftRange(Ranges.nonNegative(argument, limit), new double[0]);
  }

  /** Whole pixels, fewer than {@code pixels}, as {@code numpy.random.choice} takes an integer. */
  static ShiftRange below(String argument, int pixels) {
    Ranges.nonNegative(argument, pixels);
    double[] choices = new double[pixels];
    Arrays.setAll(choices, i -> i);
    return new ShiftRange(pixels, choices);
  }

  /** One of these, or its negative. */
  static ShiftRange among(String argument, double[] choices) {
    if (choices.length == 0) {
      throw new IllegalArgumentException(argument + ": expected at least one number, found none");
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (double choice : choices) {
      largest = Math.max(largest, Ranges.finite(argument, choice));
    }
    return new ShiftRange(largest, choices.clone());
  }

  /**
   * The shift in pixels for two random numbers from 0 to 1.
   *
   * @param size of the picture along this axis, of which limits below 1 are fractions
   */
  double draw(double which, double sign, int size) {
    double shift;
    if (choices.length > 0) {
      shift = choices[(int) (which * choices.length)] * (sign < 0.5 ? -1 : 1);
    } else {
      shift = limit * (2 * which - 1);
    }
    // Never -0.0.
    return (limit < 1 ? shift * size : shift) + 0.0;
  }
}
