package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores as a table of Markdown, columns aligned; speeds are those of median times. */
final class Table {

  private static final List<String> HEAD =
      List.of("benchmark", "parameters", "vectors", "time", "fastest", "GFLOP/s", "of the peak");

  private Table() {}

  /** The table and a line on the peaks that it is read against. */
  static String of(List<Score> scores) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    scores.forEach(score -> rows.add(row(score)));
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < HEAD.size(); c++) {
      int column = c;
      widths.add(rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    rows.add(1, widths.stream().map("-"::repeat).toList());
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append('|');
      for (int c = 0; c < row.size(); c++) {
        text.append(' ').append(row.get(c)).append(" ".repeat(widths.get(c) - row.get(c).length()));
        text.append(" |");
      }
      text.append('\n');
    }
    return text.append(peaks(scores)).toString();
  }

  private static String peaks(List<Score> scores) {
    String peaks =
        scores.stream()
            .map(Score::peak)
            .filter(peak -> !Double.isNaN(peak))
            .distinct()
            .map(peak -> String.format(Locale.ROOT, "%.1f", peak))
            .collect(Collectors.joining(", "));
    return "FMA peak of one core, GFLOP/s: " + (peaks.isEmpty() ? "not measured" : peaks);
  }

  private static List<String> row(Score score) {
    return List.of(
        score.benchmark().replace("Benchmark.", "."),
        score.parameters().entrySet().stream().map(Table::text).collect(Collectors.joining(" ")),
        score.ours() ? vectors(score.vectorBits()) : "",
        time(score.micros()),
        time(score.fastest()),
        number("%.1f", score.gflops()),
        number("%.0f%%", score.percent()));
  }

  private static String text(Map.Entry<String, String> parameter) {
    return parameter.getKey() + "=" + parameter.getValue();
  }

  /** The width of vectors in words. */
  static String vectors(int bits) {
    return bits < 0 ? "" : bits == 0 ? "scalar" : bits + " bits";
  }

  private static String time(double micros) {
    return micros < 1e3
        ? String.format(Locale.ROOT, "%.1f us", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1e3);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
