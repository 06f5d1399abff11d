package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.bench.FmaPeakBenchmark;
import io.github.lanewise.kernels.KernelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JMH's files of results. */
final class Scores {

  private Scores() {}

  /**
   * The scores of a file, in its order. Each is read against the last peak before it; of several
   * scores of one benchmark with the same parameters the last counts.
   */
  static List<Score> read(Path file) throws IOException {
    List<Score> scores = new ArrayList<>();
    double peak = Double.NaN;
    for (JsonNode record : new JsonMapper().readTree(file.toFile())) {
      String[] name = record.path("benchmark").asText().split("\\.");
      String benchmark = name[name.length - 2] + "." + name[name.length - 1];
      if (name[name.length - 2].equals(FmaPeakBenchmark.class.getSimpleName())) {
        peak = peak(record.path("secondaryMetrics").path("flops"));
      } else {
        Map<String, String> parameters = new TreeMap<>();
        record
            .path("params")
            .properties()
            .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        Score score =
            new Score(
                benchmark,
                parameters,
                vectorBits(record),
                micros(record, "50.0"),
                micros(record, "0.0"),
                peak);
        scores.removeIf(score::repeats);
        scores.add(score);
      }
    }
    return scores;
  }

  /** The best iteration: what slows a loop on registers down is not the loop. */
  private static double peak(JsonNode metric) {
    double best = Double.NaN;
    for (JsonNode fork : metric.path("rawData")) {
      for (JsonNode iteration : fork) {
        best = Double.isNaN(best) ? iteration.asDouble() : Math.max(best, iteration.asDouble());
      }
    }
    return best;
  }

  private static int vectorBits(JsonNode record) {
    String option = "-D" + KernelSelector.VECTOR_BITS + "=";
    for (JsonNode argument : record.path("jvmArgs")) {
      if (argument.asText().startsWith(option)) {
        return Integer.parseInt(argument.asText().substring(option.length()));
      }
    }
    return -1;
  }

  private static double micros(JsonNode record, String percentile) {
    JsonNode metric = record.path("primaryMetric");
    double time = metric.path("scorePercentiles").path(percentile).asDouble();
    String unit = metric.path("scoreUnit").asText();
    return time
        * switch (unit) {
          case "ns/op" -> 1e-3;
          case "us/op" -> 1;
          case "ms/op" -> 1e3;
          case "s/op" -> 1e6;
          default -> throw new IllegalArgumentException("expected a time a call, found " + unit);
        };
  }
}
