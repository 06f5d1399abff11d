package io.github.lanewise.examples.report.page;

import java.util.Locale;

/** Figures as a reader wants them. */
final class Words {

  private Words() {}

  /** A share, such as 83.5%; a dash where it is no number. */
  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** A probability, never rounded to certainty. */
  static String probability(double p) {
    if (p >= 0.99995) {
      return "over 99.99%";
    }
    return String.format(Locale.ROOT, p > 0.99 ? "%.2f%%" : "%.1f%%", 100 * p);
  }

  /** A figure from 0 to 1 with three digits; a dash where it is no number. */
  static String figure(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A figure of any size with three or more digits that count. */
  static String rounded(double value) {
    return String.format(Locale.ROOT, value >= 100 && value < 1e9 ? "%,.0f" : "%.3g", value);
  }

  /** A duration. */
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
  }

  /** A whole number with its thousands apart. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
