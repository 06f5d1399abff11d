package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.report.TrainingResults;
import io.github.lanewise.examples.transfer.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time went, how it was run, and on what. */
final class RunSection {

  private RunSection() {}

  /**
   * Writes it.
   *
   * @param heatMapSeconds how long the heat maps of this report took
   */
  static void write(Html html, TrainingResults results, double heatMapSeconds) {
    html.open("section").leaf("h2", "Time by stage");
    Map<String, Double> stages = stages(results, heatMapSeconds);
    double total = results.totalSeconds() + heatMapSeconds;
    html.open("table", "class", "times").open("tbody");
    for (Map.Entry<String, Double> stage : stages.entrySet()) {
      String share = String.format(Locale.ROOT, "width:%.1f%%", 100 * stage.getValue() / total);
      html.open("tr").leaf("th", stage.getKey(), "scope", "row");
      html.leaf("td", Words.seconds(stage.getValue()), "class", "number").open("td");
      html.open("div", "class", "time", "style", share).close().close().close();
    }
    html.open("tr", "class", "sum").leaf("th", "in all", "scope", "row");
    html.leaf("td", Words.seconds(total), "class", "number").leaf("td", "").close();
    html.close().close().close();

    html.open("section").leaf("h2", "How to get this again");
    html.leaf(
        "p",
        "The same settings, seed, weights and pictures give the same bits, whatever the number of"
            + " threads.");
    html.open("div", "class", "tables");
    table(html, "Settings", results.settings());
    table(html, "Weights and pictures", material(results));
    table(html, "Machine", results.machine());
    html.close().close();
  }

  private static Map<String, Double> stages(TrainingResults results, double heatMapSeconds) {
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("loading the weights, listing the pictures", results.loadingSeconds());
    stages.put("pictures through the frozen network", results.outcome().featureSeconds());
    for (Run run : results.outcome().runs()) {
      double sum = run.epochSeconds().stream().mapToDouble(Double::doubleValue).sum();
      String name = run.dropout() == 0 ? "without dropout" : "with dropout " + run.dropout();
      stages.put("training the head " + name, sum);
    }
    stages.put("figures, feature map and baseline", results.evaluation().seconds());
    double known = stages.values().stream().mapToDouble(Double::doubleValue).sum();
    stages.put("heat maps", heatMapSeconds);
    stages.put("the rest", Math.max(0, results.totalSeconds() - known));
    return stages;
  }

  private static Map<String, Object> material(TrainingResults results) {
    Map<String, Object> material = new LinkedHashMap<>();
    results.weights().forEach((name, value) -> material.put("weights " + name, value));
    results.pictures().forEach((name, value) -> material.put("pictures " + name, value));
    return material;
  }

  private static void table(Html html, String caption, Map<String, Object> rows) {
    html.open("table").leaf("caption", caption).open("tbody");
    rows.forEach(
        (name, value) ->
            html.open("tr")
                .leaf("th", name.replace('_', ' '), "scope", "row")
                .leaf("td", words(value))
                .close());
    html.close().close();
  }

  private static String words(Object value) {
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(String::valueOf).toList());
    }
    return String.valueOf(value);
  }
}
