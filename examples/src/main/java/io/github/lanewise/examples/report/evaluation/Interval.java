package io.github.lanewise.examples.report.evaluation;

/**
 * Where a share probably lies.
 *
 * @param low the least
 * @param high the greatest
 */
public record Interval(double low, double high) {

  /** The quantile of the normal distribution for 95%. */
  private static final double Z = 1.959964;

  /**
   * The 95% interval of a share that was met {@code hits} times in {@code total} samples (Wilson,
   * 1927); from 0 to 1 where there is no sample.
   */
  public static Interval ofShare(int hits, int total) {
    if (total == 0) {
      return new Interval(0, 1);
    }
    double p = (double) hits / total;
    double z2 = Z * Z / total;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / total + z2 / (4 * total)) / (1 + z2);
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
