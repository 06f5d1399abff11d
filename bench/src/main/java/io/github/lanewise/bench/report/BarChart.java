package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Horizontal bars in groups, as SVG.
 *
 * @param title above all
 * @param unit of the values, on the axis and behind each bar
 * @param line a value that a line marks
 * @param series values by category, by the series' name, both in the order in which they are shown
 */
record BarChart(String title, String unit, double line, Map<String, Map<String, Double>> series) {

  private static final List<String> COLORS =
      List.of("#2b6cb0", "#dd6b20", "#38a169", "#805ad5", "#718096", "#d53f8c");
  private static final int LEFT = 240;
  private static final int PLOT = 480;
  private static final int RIGHT = 60;
  private static final int BAR = 9;
  private static final int GAP = 7;
  private static final int LEGEND = 16;

  /** The file's text. */
  String svg() {
    List<String> categories =
        series.values().stream().flatMap(values -> values.keySet().stream()).distinct().toList();
    int top = 40 + LEGEND * series.size();
    int group = BAR * series.size() + GAP;
    int bottom = top + group * categories.size();
    double tick = tick();
    double most = Math.ceil(largest() / tick) * tick;
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#1a202c\">",
            LEFT + PLOT + RIGHT, bottom + 30));
    lines.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    lines.add(text(10, 20, "font-size=\"14\" font-weight=\"bold\"", title));
    for (int t = 0; t * tick <= most; t++) {
      int x = LEFT + (int) Math.round(PLOT * t * tick / most);
      lines.add(vertical(x, top, bottom, "#e2e8f0"));
      lines.add(text(x, bottom + 15, "text-anchor=\"middle\"", label(t * tick)));
    }
    for (int c = 0; c < categories.size(); c++) {
      int middle = top + group * c + (group + 8) / 2;
      lines.add(text(LEFT - 8, middle, "text-anchor=\"end\"", categories.get(c)));
    }
    int number = 0;
    for (Map.Entry<String, Map<String, Double>> each : series.entrySet()) {
      String color = COLORS.get(number % COLORS.size());
      int legend = 32 + LEGEND * number;
      lines.add(bar(LEFT, legend, BAR, color));
      lines.add(text(LEFT + BAR + 6, legend + BAR, "", each.getKey()));
      for (Map.Entry<String, Double> value : each.getValue().entrySet()) {
        int y = top + GAP / 2 + group * categories.indexOf(value.getKey()) + BAR * number;
        int length = (int) Math.round(PLOT * value.getValue() / most);
        lines.add(bar(LEFT, y, length, color));
        lines.add(text(LEFT + length + 3, y + BAR - 1, "font-size=\"9\"", label(value.getValue())));
      }
      number++;
    }
    lines.add(vertical(LEFT + (int) Math.round(PLOT * line / most), top, bottom, "#c53030"));
    lines.add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private double largest() {
    double largest = line;
    for (Map<String, Double> values : series.values()) {
      for (double value : values.values()) {
        largest = Math.max(largest, value);
      }
    }
    return largest;
  }

  /** The distance of the axis' labels: 1, 2 or 5 times a power of ten, four to ten of them. */
  private double tick() {
    double tick = Math.pow(10, Math.floor(Math.log10(largest())));
    double steps = largest() / tick;
    return steps < 2 ? tick / 5 : steps < 5 ? tick / 2 : tick;
  }

  private String label(double value) {
    return format(value < 10 && value != Math.rint(value) ? "%.2f" : "%.0f", value) + unit;
  }

  private static String bar(int x, int y, int width, String color) {
    return format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
        x, y, width, BAR - 1, color);
  }

  private static String vertical(int x, int top, int bottom, String color) {
    return format(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>", x, x, top, bottom, color);
  }

  private static String text(int x, int y, String attributes, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return format("<text x=\"%d\" y=\"%d\" %s>%s</text>", x, y, attributes, escaped);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
