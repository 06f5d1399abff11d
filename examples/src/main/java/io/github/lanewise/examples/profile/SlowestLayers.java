package io.github.lanewise.examples.profile;

import io.github.lanewise.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What layers took in a recording, the longest first.
 *
 * @param steps steps of training
 * @param stepNanos what they took together
 */
public record SlowestLayers(List<Row> rows, int steps, long stepNanos) {

  /**
   * All calls of one op of a layer in one pass.
   *
   * @param layer empty for ops of no layer
   * @param shape the output, of the longest call
   * @param algorithm empty if it is not known
   */
  public record Row(
      String layer,
      String op,
      String pass,
      String shape,
      String algorithm,
      int calls,
      long nanos,
      long longest) {

    private Row plus(Row other) {
      Row shown = longest >= other.longest ? this : other;
      return new Row(
          layer,
          op,
          pass,
          shown.shape,
          shown.algorithm,
          calls + other.calls,
          nanos + other.nanos,
          shown.longest);
    }
  }

  /**
   * Reads a recording.
   *
   * @throws IOException if it can not be read
   */
  public static SlowestLayers of(Path recording) throws IOException {
    Map<List<String>, Row> rows = new HashMap<>();
    int steps = 0;
    long stepNanos = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String name = event.getEventType().getName();
        if (name.equals(Profile.LAYER)) {
          Row row = row(event);
          rows.merge(List.of(row.layer, row.op, row.pass), row, Row::plus);
        } else if (name.equals(Profile.TRAINING_STEP)) {
          steps++;
          stepNanos += event.getDuration().toNanos();
        }
      }
    }
    Comparator<Row> longestFirst = Comparator.comparingLong((Row r) -> -r.nanos);
    List<Row> sorted =
        rows.values().stream()
            .sorted(longestFirst.thenComparing(Row::layer).thenComparing(Row::op))
            .toList();
    return new SlowestLayers(sorted, steps, stepNanos);
  }

  private static Row row(RecordedEvent event) {
    long nanos = event.getDuration().toNanos();
    return new Row(
        event.getString("layer"),
        event.getString("op"),
        event.getString("pass").toLowerCase(Locale.ROOT),
        event.getString("shape"),
        event.getString("algorithm"),
        1,
        nanos,
        nanos);
  }

  /** What all layers took together. */
  public long nanos() {
    return rows.stream().mapToLong(Row::nanos).sum();
  }

  /** A table of the first rows. */
  public String table(int most) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%d training steps, %.2f s; layers %.2f s in all, the slowest:%n",
            steps,
            stepNanos / 1e9,
            nanos() / 1e9));
    table.append(line("layer", "op", "pass", "output", "calls", "ms", "ms/call", "", "algorithm"));
    for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
      table.append(
          line(
              row.layer.isEmpty() ? "-" : row.layer,
              row.op,
              row.pass,
              row.shape,
              String.valueOf(row.calls),
              String.format(Locale.ROOT, "%.1f", row.nanos / 1e6),
              String.format(Locale.ROOT, "%.3f", row.nanos / 1e6 / row.calls),
              String.format(Locale.ROOT, "%.0f%%", 100.0 * row.nanos / nanos()),
              row.algorithm));
    }
    return table.toString();
  }

  private static String line(
      String layer,
      String op,
      String pass,
      String output,
      String calls,
      String millis,
      String each,
      String share,
      String algorithm) {
    return String.format(
                "%-24s %-20s %-9s %-20s %6s %9s %9s %5s  %s",
                layer, op, pass, output, calls, millis, each, share, algorithm)
            .stripTrailing()
        + System.lineSeparator();
  }
}
