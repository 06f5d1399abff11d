package io.github.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartsTest {

  @TempDir Path directory;

  private static List<Element> elements(String svg, String name) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    Map<String, Map<String, Double>> series = new LinkedHashMap<>();
    series.put("ours", Map.of("a < b", 100.0));
    series.put("theirs", Map.of("a < b", 50.0));
    String svg = new BarChart("Title", "%", 80, series).svg();
    List<String> widths =
        elements(svg, "rect").stream().map(bar -> bar.getAttribute("width")).toList();
    // The background, then each series' sign and bar.
    assertEquals(List.of("100%", "9", "480", "9", "240"), widths);
    List<String> texts = elements(svg, "text").stream().map(Element::getTextContent).toList();
    assertEquals(List.of("Title", "0%", "20%", "40%", "60%", "80%", "100%"), texts.subList(0, 7));
    assertEquals(List.of("a < b", "ours", "100%", "theirs", "50%"), texts.subList(7, 12));
  }

  @Test
  void chartsAreNamedAfterTheirFile() throws IOException {
    Path file = directory.resolve("name.json");
    String shape =
        "{\"algorithm\": \"DIRECT\", \"batch\": \"20\", \"shape\": \"3:448:3x3:384:1:same\"}";
    Files.writeString(
        file,
        Records.file(
            Records.peak(100),
            Records.score("GemmBenchmark.ejml", "{\"n\": \"512\"}", 256, 1e4),
            Records.score("Conv2dBenchmark.lanewise", shape, 256, 1e4),
            Records.score("Conv2dBenchmark.lanewise", shape, 0, 1e5),
            Records.score("Pool2dBenchmark.average", "{\"shape\": \"7:768\"}", 256, 12)));
    assertEquals(
        List.of(directory.resolve("name-batch-20.svg"), directory.resolve("name-gemm.svg")),
        Charts.draw(file));
    Map<String, BarChart> charts = Charts.of(Scores.read(file));
    assertEquals(
        List.of("Lanewise, direct, 256 bits", "Lanewise, direct, scalar"),
        List.copyOf(charts.get("-batch-20").series().keySet()));
    assertEquals("EJML mult", charts.get("-gemm").series().keySet().iterator().next());
  }

  @Test
  void roundsBecomeRatiosOfMedians() throws IOException {
    String peer =
        """
        {"engine": "peer 1", "layer": "mixed7", "batch": 1, "threads": 2, "medianMillis": %s}""";
    String ours =
        """
        {"engine": "lanewise", "machine": {"java": "25.0.3+9"}, "layer": "mixed7", "algorithm": "WINOGRAD",
         "results": [{"batch": 1, "threads": 2, "medianMillis": %s},
                     {"batch": 8, "threads": 2, "medianMillis": 1}]}"""
            .replace("\n", "");
    BarChart chart =
        Rounds.chart(
            List.of(
                peer.formatted(10),
                ours.formatted(6),
                peer.formatted(30),
                ours.formatted(8),
                peer.formatted(20),
                ours.formatted(100)));
    assertEquals(
        Map.of("Lanewise, JDK 25 / peer 1", Map.of("mixed7, batch 1, 2 threads", 0.4)),
        chart.series());
  }
}
