package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.benchmark.TrainingBenchmark;
import io.github.lanewise.examples.benchmark.TrainingBenchmark.Result;
import io.github.lanewise.examples.benchmark.TrainingTask;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measurements of a step of training, as a table and as values for JSON.
 *
 * @param size height and width of the pictures in pixels
 * @param recompute whether blocks are computed again on the way back
 */
record TrainingTable(TrainingTask task, int size, boolean recompute, Map<String, Object> machine) {

  /** Measures each batch with each number of threads, and prints lines as they come. */
  List<Result> print(
      List<Integer> batches, List<Integer> threads, double seconds, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "A step of training (%s): %s, at %dx%d; binary cross-entropy, RMSprop%s%n",
        task,
        task.network(),
        size,
        size,
        recompute ? "; blocks recomputed" : "");
    out.printf(
        "%s, Java %s, vectors of %s bits%n",
        machine.get("cpu"), machine.get("java"), machine.get("vector_bits"));
    out.printf(
        Locale.ROOT,
        "%n%5s %7s %9s %9s %9s %8s %9s %6s%n",
        "batch",
        "threads",
        "median ms",
        "min ms",
        "images/s",
        "memory",
        "1st ms",
        "steps");
    out.flush();
    List<Result> results = new ArrayList<>();
    TrainingBenchmark benchmark = new TrainingBenchmark(task, size, recompute);
    for (int n : threads) {
      for (int batch : batches) {
        Result r = benchmark.run(batch, n, seconds);
        results.add(r);
        out.printf(
            Locale.ROOT,
            "%5d %7d %9.2f %9.2f %9.1f %5d MB %9.1f %6d%n",
            r.batch(),
            r.threads(),
            r.medianMillis(),
            r.minimumMillis(),
            r.imagesPerSecond(),
            r.peakMegabytes(),
            r.firstMillis(),
            r.steps());
        out.flush();
      }
    }
    return results;
  }

  /** The same measurements and what they were made of. */
  Map<String, Object> report(List<Result> results) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("train", task.toString());
    report.put("network", task.network());
    report.put("size", size);
    report.put("recompute", recompute);
    report.put("machine", machine);
    report.put("results", results);
    return report;
  }
}
