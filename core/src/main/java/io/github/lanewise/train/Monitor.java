package io.github.lanewise.train;

import java.util.Map;

/** Watches whether one figure becomes better. */
final class Monitor {

  private final String name;
  private final double minDelta;
  private final boolean lowerIsBetter;
  private double best;

  Monitor(String name, double minDelta, Mode mode) {
    this.name = name;
    this.minDelta = Math.abs(minDelta);
    this.lowerIsBetter = mode.lowerIsBetter(name);
    reset();
  }

  final void reset() {
    best = lowerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  double best() {
    return best;
  }

  void setBest(double best) {
    this.best = best;
  }

  /**
   * Whether the figure is better than ever, which it then is.
   *
   * @throws IllegalArgumentException if there is no such figure
   */
  boolean improved(Map<String, Double> logs) {
    Double value = logs.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "monitor: expected one of " + logs.keySet() + ", found '" + name + "'");
    }
    boolean better = lowerIsBetter ? value < best - minDelta : value > best + minDelta;
    if (better) {
      best = value;
    }
    return better;
  }
}
