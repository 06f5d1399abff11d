package io.github.lanewise.examples.report.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An axis of a plot.
 *
 * @param title in words
 * @param from its first value
 * @param to its last value
 * @param ticks where values are marked
 * @param labels what is written there
 */
record Axis(String title, double from, double to, double[] ticks, String[] labels) {

  private static final int MOST_EPOCHS = 10;
  private static final int STEPS = 5;

  /** Shares, marked every fifth. */
  static Axis share(String title, double from) {
    double[] ticks =
        IntStream.rangeClosed((int) Math.ceil(from * 10 - 1e-9), 10)
            .filter(i -> from > 0 || i % 2 == 0)
            .mapToDouble(i -> i / 10.0)
            .toArray();
    return new Axis(title, from, 1, ticks, labels(ticks, i -> Math.round(i * 100) + "%"));
  }

  /** Epochs from 1 on. */
  static Axis epochs(int epochs) {
    int step = (epochs + MOST_EPOCHS - 1) / MOST_EPOCHS;
    double[] ticks =
        IntStream.iterate(1, i -> i <= epochs, i -> i + step).asDoubleStream().toArray();
    double margin = epochs == 1 ? 0.5 : 0;
    return new Axis(
        "epoch", 1 - margin, epochs + margin, ticks, labels(ticks, i -> "" + Math.round(i)));
  }

  /** Values around a range, marked at round ones; around 0 where there is no finite range. */
  static Axis around(String title, double least, double greatest) {
    double spread = greatest - least;
    if (!(spread > 0) || !Double.isFinite(spread)) {
      double middle = Double.isFinite(least) ? least : 0;
      return around(title, middle - 1, middle + 1);
    }
    double power = Math.pow(10, Math.floor(Math.log10(spread / STEPS)));
    double ratio = spread / STEPS / power;
    double step = power * (ratio > 5 ? 10 : ratio > 2 ? 5 : ratio > 1 ? 2 : 1);
    long first = (long) Math.floor(least / step + 1e-9);
    long last = (long) Math.ceil(greatest / step - 1e-9);
    double[] ticks = IntStream.rangeClosed(0, (int) (last - first)).asDoubleStream().toArray();
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = (first + i) * step;
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step)));
    String format = greatest > 1e6 || decimals > 6 ? "%.1e" : "%." + decimals + "f";
    String[] labels = labels(ticks, tick -> String.format(Locale.ROOT, format, tick));
    return new Axis(title, first * step, last * step, ticks, labels);
  }

  private static String[] labels(
      double[] ticks, java.util.function.DoubleFunction<String> labelOf) {
    return Arrays.stream(ticks).mapToObj(labelOf).toArray(String[]::new);
  }

  /** Where a value lies, 0 at the first and 1 at the last one. */
  double position(double value) {
    return (value - from) / (to - from);
  }
}
