package io.github.lanewise.train;

import java.util.Map;

/** Watches whether one figure becomes better. */
final class Monitor {

  private final String name;
  private final double minDelta;
  private final boolean lowerIsBetter;
  private double best;
  private double first;

  Monitor(String name, double minDelta, Mode mode) {
    this.name = name;
    this.minDelta = Math.abs(minDelta);
    this.lowerIsBetter = mode.lowerIsBetter(name);
    this.first = lowerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    reset();
  }

  /** Takes a value for the best from now on, and after each {@link #reset}. */
  void startFrom(double value) {
    first = value;
    reset();
  }

  final void reset() {
    best = first;
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
    double value = value(logs);
    boolean better = better(value, best);
    if (better) {
      best = value;
    }
    return better;
  }

  /**
   * Whether the figure is better than a value.
   *
   * @throws IllegalArgumentException if there is no such figure
   */
  boolean better(Map<String, Double> logs, double than) {
    return better(value(logs), than);
  }

  private boolean better(double value, double than) {
    return lowerIsBetter ? value < than - minDelta : value > than + minDelta;
  }

  private double value(Map<String, Double> logs) {
    Double value = logs.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "monitor: expected one of " + logs.keySet() + ", found '" + name + "'");
    }
    return value;
  }
}
