package io.github.lanewise.examples.serve;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts of values up to bounds, as Prometheus keeps them. Safe for use by several threads. */
final class Histogram {

  private final double[] bounds;

  /** Of values above the bound before and up to this one; the last has no bound. */
  private final LongAdder[] counts;

  private final DoubleAdder sum = new DoubleAdder();

  /**
   * An empty one.
   *
   * @param bounds rising
   */
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    counts = new LongAdder[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void observe(double value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts[i].increment();
    sum.add(value);
  }

  /** Appends its samples. */
  void write(StringBuilder page, String name) {
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      count += counts[i].sum();
      String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
      page.append(name).append("_bucket{le=\"").append(bound).append("\"} ");
      page.append(count).append('\n');
    }
    page.append(name).append("_sum ").append(sum.sum()).append('\n');
    page.append(name).append("_count ").append(count).append('\n');
  }
}
