package io.github.lanewise.bench.report;

import java.util.Locale;

/** Records as JMH writes them, with what a report reads. */
final class Records {

  private Records() {}

  /** Records of a run as JMH's file has them. */
  static String file(String... records) {
    return "[" + String.join(",", records) + "]";
  }

  /** A peak, with iterations of less in other forks. */
  static String peak(double gflops) {
    return String.format(
        Locale.ROOT,
        """
        {"benchmark": "io.github.lanewise.bench.FmaPeakBenchmark.chains", "jvmArgs": [],
         "secondaryMetrics": {"flops": {"rawData": [[1.5, %s], [2.5, 3]]}}}""",
        gflops);
  }

  /** A score in microseconds of a benchmark with these parameters, as JSON. */
  static String score(String benchmark, String parameters, int bits, double micros) {
    return String.format(
        Locale.ROOT,
        """
        {"benchmark": "io.github.lanewise.bench.%s", "params": %s,
         "jvmArgs": ["-Dlanewise.vectorBits=%d", "--add-modules=jdk.incubator.vector"],
         "primaryMetric": {"score": 1e9, "scorePercentiles": {"0.0": 1, "50.0": %s},
         "scoreUnit": "us/op"}}""",
        benchmark,
        parameters,
        bits,
        micros);
  }
}
