package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus's text format, version 0.0.4, written from its description.
 *
 * @param types of the metrics, by name
 * @param samples by name and labels
 */
record PrometheusText(Map<String, String> types, Map<String, Double> samples) {

  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-z_]+=\"[^\"\\\\]*\"(,[a-z_]+=\"[^\"\\\\]*\")*})?"
              + " ([0-9.E+-]+)");

  static PrometheusText parse(String page) {
    assertTrue(page.endsWith("\n"), "the last line ends");
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, Double> samples = new LinkedHashMap<>();
    String family = "";
    double bucket = 0;
    for (String line : page.split("\n")) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        family = type.group(1);
        bucket = 0;
        assertNull(types.put(family, type.group(2)), line);
      } else if (sample.matches()) {
        String name = sample.group(1);
        double value = Double.parseDouble(sample.group(4));
        if ("histogram".equals(types.get(family))) {
          assertTrue(name.matches(family + "_(bucket|sum|count)"), line);
          if (!name.endsWith("_sum")) {
            assertTrue(value >= bucket, "cumulative: " + line);
            bucket = value;
          }
        } else {
          assertEquals(family, name, line);
        }
        assertNull(samples.put(line.substring(0, line.lastIndexOf(' ')), value), line);
      } else {
        assertTrue(HELP.matcher(line).matches(), line);
      }
    }
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            assertEquals(
                samples.get(name + "_count"), samples.get(name + "_bucket{le=\"+Inf\"}"), name);
          }
        });
    return new PrometheusText(types, samples);
  }
}
