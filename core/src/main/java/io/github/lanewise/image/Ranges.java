package io.github.lanewise.image;

/** Checks of the arguments of {@link ImageDataGenerator}. */
final class Ranges {

  private Ranges() {}

  static double finite(String argument, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(argument + ": expected a finite number, found " + value);
    }
    return value;
  }

  static double nonNegative(String argument, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          argument + ": expected a finite number of at least 0, found " + value);
    }
    return value;
  }

  static void ordered(String argument, double low, double high) {
    finite(argument, low);
    finite(argument, high);
    if (low > high) {
      throw new IllegalArgumentException(
          argument + ": expected the lower end first, found " + low + " to " + high);
    }
  }
}
