package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of forward passes or training steps in turn with peers, one JSON object a line: a peer's
 * figure, or what {@code ./lanewise benchmark --json} printed.
 */
final class Rounds {

  private static final String OURS = "Lanewise";

  /** By engine, then by task, batch and threads: a figure a round. */
  private final Map<String, Map<String, List<Double>>> millis = new LinkedHashMap<>();

  private Rounds() {}

  /**
   * Lanewise's time as a share of each peer's, both medians of the rounds.
   *
   * @throws IllegalArgumentException if no figure of Lanewise has one of a peer beside it
   */
  static BarChart chart(List<String> lines) throws IOException {
    Rounds rounds = new Rounds();
    for (String line : lines) {
      if (!line.isBlank()) {
        rounds.read(new JsonMapper().readTree(line));
      }
    }
    Map<String, Map<String, Double>> series = new LinkedHashMap<>();
    for (String engine : rounds.millis.keySet()) {
      for (String peer : rounds.millis.keySet()) {
        if (engine.startsWith(OURS) && !peer.startsWith(OURS)) {
          Map<String, Double> ratios = rounds.ratios(engine, peer);
          if (!ratios.isEmpty()) {
            series.put(engine + " / " + peer, ratios);
          }
        }
      }
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException(
          "expected rounds of Lanewise and of a peer, found one at most");
    }
    return new BarChart("Time as a share of the peer's: shorter is faster", "", 1, series);
  }

  private void read(JsonNode line) {
    if (!line.has("results")) {
      add(line.path(line.has("peer") ? "peer" : "engine").asText(), line, line);
      return;
    }
    String direct = line.path("algorithm").asText().equals("DIRECT") ? " without Winograd" : "";
    String jdk = line.path("machine").path("java").asText().replaceFirst("\\..*", "");
    for (JsonNode result : line.path("results")) {
      add(OURS + direct + ", JDK " + jdk, line, result);
    }
  }

  private void add(String engine, JsonNode line, JsonNode figure) {
    String task = line.path(line.has("train") ? "train" : "layer").asText();
    int threads = figure.path("threads").asInt();
    String category =
        String.format(
            Locale.ROOT,
            "%s, batch %d, %d thread%s",
            task,
            figure.path("batch").asInt(),
            threads,
            threads == 1 ? "" : "s");
    millis
        .computeIfAbsent(engine, key -> new LinkedHashMap<>())
        .computeIfAbsent(category, key -> new ArrayList<>())
        .add(figure.path("medianMillis").asDouble());
  }

  private Map<String, Double> ratios(String engine, String peer) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    Map<String, List<Double>> theirs = millis.getOrDefault(peer, Map.of());
    for (Map.Entry<String, List<Double>> ours : millis.getOrDefault(engine, Map.of()).entrySet()) {
      @Nullable List<Double> rounds = theirs.get(ours.getKey());
      if (rounds != null) {
        ratios.put(ours.getKey(), median(ours.getValue()) / median(rounds));
      }
    }
    return ratios;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
