package io.github.lanewise.nn;

/** Checks of layers' arguments. */
final class Arguments {

  private Arguments() {}

  static void atLeast(int least, String argument, int... values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            argument + ": expected at least " + least + ", found " + value);
      }
    }
  }
}
