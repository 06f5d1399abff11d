package io.github.lanewise.train;

/** The mean of the losses of batches, each counted by its samples. */
final class Mean {

  private double total;
  private long weight;

  void add(double value, int samples) {
    total += value * samples;
    weight += samples;
  }

  double[] state() {
    return new double[] {total, weight};
  }

  void setState(double[] state) {
    total = state[0];
    weight = (long) state[1];
  }

  /** The mean; NaN of no samples. */
  double result() {
    return total / weight;
  }

  /**
   * Checks that there is a mean.
   *
   * @throws IllegalArgumentException if nothing was added
   */
  void requireSamples() {
    if (weight == 0) {
      throw new IllegalArgumentException("expected samples, found none that can be read");
    }
  }
}
