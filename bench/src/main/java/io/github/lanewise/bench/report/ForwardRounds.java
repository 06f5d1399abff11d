package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of forward passes in turn with peers, one JSON object a line: a peer's figure, or what
 * {@code ./lanewise benchmark --json} printed.
 */
final class ForwardRounds {

  private final Map<String, Map<String, List<Double>>> millis = new LinkedHashMap<>();

  private ForwardRounds() {}

  /** Lanewise's time as a share of each peer's, both medians of the rounds. */
  static BarChart chart(List<String> lines) throws IOException {
    ForwardRounds rounds = new ForwardRounds();
    for (String line : lines) {
      if (!line.isBlank()) {
        rounds.read(new JsonMapper().readTree(line));
      }
    }
    Map<String, Map<String, Double>> series = new LinkedHashMap<>();
    for (String engine : rounds.millis.keySet()) {
      for (String peer : rounds.millis.keySet()) {
        if (engine.startsWith("Lanewise") && !peer.startsWith("Lanewise")) {
          series.put(engine + " / " + peer, rounds.ratios(engine, peer));
        }
      }
    }
    return new BarChart("Forward pass: time as a share of the peer's", "", 1, series);
  }

  private void read(JsonNode line) {
    String engine = line.path("engine").asText();
    if (!engine.equals("lanewise")) {
      add(engine, line, line);
      return;
    }
    String direct = line.path("algorithm").asText().equals("DIRECT") ? " without Winograd" : "";
    for (JsonNode result : line.path("results")) {
      add("Lanewise" + direct + ", JDK " + line.path("jdk").asText(), line, result);
    }
  }

  private void add(String engine, JsonNode line, JsonNode figure) {
    String threads = figure.path("threads").asText();
    String category =
        line.path("layer").asText()
            + ", batch "
            + figure.path("batch").asText()
            + ", "
            + threads
            + (threads.equals("1") ? " thread" : " threads");
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
