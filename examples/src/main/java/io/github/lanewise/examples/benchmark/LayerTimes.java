package io.github.lanewise.examples.benchmark;

import io.github.lanewise.examples.profile.FlightRecording;
import io.github.lanewise.examples.profile.SlowestLayers;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.infer.PlanStep;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the steps of a plan take within whole runs of it on one thread, by the events that they
 * leave, the longest first.
 *
 * @param batch pictures a run
 */
public record LayerTimes(int batch, List<Row> rows) {

  /**
   * A step, or the copying of an input.
   *
   * @param millis the mean of the runs
   * @param gflops floating-point operations of the definition a nanosecond; 0 for what is no
   *     convolution
   */
  public record Row(
      String layer, String op, String kernel, String algorithm, double millis, double gflops) {}

  /**
   * Runs a plan, which has one input, for some seconds, of which the first half warms up.
   *
   * @throws IOException if the events can not be written to a temporary file, or read from it
   * @throws IllegalStateException if this JVM has no flight recorder
   */
  public static LayerTimes measure(InferencePlan plan, int batch, double seconds)
      throws IOException {
    InferenceSession session = plan.session(Compute.threads(1), batch);
    Tensor x = ForwardBenchmark.input(plan.inputShapes().get(0).withBatch(batch));
    run(session, x, seconds / 2);
    Path file = Files.createTempFile("lanewise-", ".jfr");
    try (FlightRecording recording = FlightRecording.start()) {
      int runs = run(session, x, seconds / 2);
      recording.write(file);
      return of(plan, batch, SlowestLayers.of(file), runs);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static int run(InferenceSession session, Tensor x, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int runs = 0;
    while (runs == 0 || System.nanoTime() < end) {
      session.run(x);
      runs++;
    }
    return runs;
  }

  private static LayerTimes of(InferencePlan plan, int batch, SlowestLayers events, int runs) {
    List<PlanStep> described = plan.description();
    List<Row> rows = new ArrayList<>();
    for (SlowestLayers.Row event : events.rows()) {
      double nanos = (double) event.nanos() / runs;
      List<PlanStep> steps =
          described.stream()
              .filter(s -> s.layer().equals(event.layer()) && s.op().equals(event.op()))
              .toList();
      long products = steps.stream().mapToLong(PlanStep::multiplyAdds).sum();
      String kernel = steps.isEmpty() ? "" : steps.get(0).kernel();
      rows.add(
          new Row(
              event.layer(),
              event.op(),
              kernel,
              event.algorithm(),
              nanos / 1e6,
              2.0 * batch * products / nanos));
    }
    return new LayerTimes(batch, rows);
  }

  /**
   * A table.
   *
   * @param peak the FMA peak of one core in GFLOP/s
   */
  public String table(double peak) {
    double all = rows.stream().mapToDouble(Row::millis).sum();
    StringBuilder table = new StringBuilder();
    table.append(line("layer", "kernel", "algorithm", "ms", "share", "GFLOP/s", "peak"));
    for (Row row : rows) {
      boolean convolves = row.gflops > 0;
      table.append(
          line(
              row.layer,
              (row.op + " " + row.kernel).strip(),
              row.algorithm,
              String.format(Locale.ROOT, "%.3f", row.millis),
              String.format(Locale.ROOT, "%.1f%%", 100 * row.millis / all),
              convolves ? String.format(Locale.ROOT, "%.1f", row.gflops) : "",
              convolves ? String.format(Locale.ROOT, "%.0f%%", 100 * row.gflops / peak) : ""));
    }
    return table.toString();
  }

  private static String line(
      String layer,
      String kernel,
      String algorithm,
      String millis,
      String share,
      String speed,
      String ofPeak) {
    return String.format(
                "%-24s %-18s %-36s %9s %7s %8s %6s",
                layer, kernel, algorithm, millis, share, speed, ofPeak)
            .stripTrailing()
        + System.lineSeparator();
  }
}
