package io.github.lanewise.op;

/** Keras keeps probabilities away from 0 and 1 by {@code keras.config.epsilon()}, 1e-7. */
final class Probabilities {

  private static final double EPSILON = 1e-7;

  private Probabilities() {}

  static double clip(double p) {
    return Math.min(Math.max(p, EPSILON), 1 - EPSILON);
  }

  /** Whether {@link #clip} changes it; the loss is then flat. */
  static boolean clipped(double p) {
    return p < EPSILON || p > 1 - EPSILON;
  }

  /** {@code log(sum(exp(z)))} of a row. */
  static double logSumExp(float[] z, int from, int columns) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < columns; c++) {
      max = Math.max(max, z[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Math.exp(z[from + c] - max);
    }
    return max + Math.log(sum);
  }
}
