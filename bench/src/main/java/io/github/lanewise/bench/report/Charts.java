package io.github.lanewise.bench.report;

import io.github.lanewise.bench.Conv2dShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The charts of files of results, each written beside its file and named after it. */
final class Charts {

  private Charts() {}

  /**
   * Draws what a file holds: {@code .json} of JMH, or {@code .jsonl} of rounds in turn with peers.
   *
   * @return the files written
   */
  static List<Path> draw(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl?$", "");
    Map<String, BarChart> charts =
        file.toString().endsWith(".jsonl")
            ? Map.of("", Rounds.chart(Files.readAllLines(file)))
            : of(Scores.read(file));
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, BarChart> chart : charts.entrySet()) {
      Path svg = file.resolveSibling(name + chart.getKey() + ".svg");
      Files.writeString(svg, chart.getValue().svg());
      written.add(svg);
    }
    return written;
  }

  /** Charts by what is put behind the file's name: convolutions by batch, and matrix products. */
  static Map<String, BarChart> of(List<Score> scores) {
    Map<String, BarChart> charts = new TreeMap<>();
    for (Score score : scores) {
      if (Double.isNaN(score.percent())) {
        continue;
      }
      String batch = score.parameters().getOrDefault("batch", "1");
      String shape = score.parameters().get("shape");
      String n = score.parameters().get("n");
      if (shape != null) {
        BarChart chart =
            charts.computeIfAbsent(
                "-batch-" + batch,
                key -> chart("Convolutions of InceptionV3, batch " + batch + ", one thread"));
        add(chart, score, Conv2dShape.parse(shape).label());
      } else if (n != null) {
        BarChart chart =
            charts.computeIfAbsent("-gemm", key -> chart("Matrix products, one thread"));
        add(chart, score, n + " x " + n);
      }
    }
    return charts;
  }

  private static BarChart chart(String title) {
    return new BarChart(title + ": percent of the FMA peak", "%", 100, new LinkedHashMap<>());
  }

  private static void add(BarChart chart, Score score, String category) {
    chart
        .series()
        .computeIfAbsent(series(score), key -> new LinkedHashMap<>())
        .put(category, score.percent());
  }

  private static String series(Score score) {
    String name =
        switch (score.benchmark()) {
          case "Conv2dBenchmark.lanewise", "OnnxRuntimeConv2dBenchmark.lanewise" ->
              "DIRECT".equals(score.parameters().get("algorithm"))
                  ? "Lanewise, direct"
                  : "Lanewise, with Winograd where it suits";
          case "Conv2dGradientBenchmark.towardsInput" -> "Lanewise, gradient towards the input";
          case "Conv2dGradientBenchmark.towardsFilter" -> "Lanewise, gradient towards the filter";
          case "GemmBenchmark.lanewise" -> "Lanewise";
          case "GemmBenchmark.ejml" -> "EJML mult";
          case "EjmlConv2dBenchmark.ejml" -> "EJML, im2col and mult";
          case "OnnxRuntimeConv2dBenchmark.onnxRuntimeCall" -> "ONNX Runtime";
          default -> score.benchmark();
        };
    return score.ours() && score.vectorBits() >= 0
        ? name + ", " + Table.vectors(score.vectorBits())
        : name;
  }
}
