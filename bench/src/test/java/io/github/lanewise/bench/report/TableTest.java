package io.github.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

  @TempDir Path directory;

  private List<Score> scores(String... records) throws IOException {
    Path file = directory.resolve("name.json");
    Files.writeString(file, Records.file(records));
    return Scores.read(file);
  }

  @Test
  void scoresAreSharesOfThePeakBeforeThem() throws IOException {
    List<Score> scores =
        scores(
            Records.peak(64),
            Records.score("GemmBenchmark.lanewise", "{\"n\": \"512\"}", 256, 8388.608),
            Records.score("Pool2dBenchmark.average", "{\"shape\": \"7:768\"}", 0, 12.34),
            Records.score("GemmBenchmark.ejml", "{\"n\": \"64\"}", 256, 131.072),
            Records.peak(128),
            Records.score("GemmBenchmark.lanewise", "{\"n\": \"1024\"}", 256, 67108.864));
    String expected =
        """
        | benchmark      | parameters  | vectors  | time     | fastest | GFLOP/s | of the peak |
        | -------------- | ----------- | -------- | -------- | ------- | ------- | ----------- |
        | Gemm.lanewise  | n=512       | 256 bits | 8.39 ms  | 1.0 us  | 32.0    | 50%         |
        | Pool2d.average | shape=7:768 | scalar   | 12.3 us  | 1.0 us  |         |             |
        | Gemm.ejml      | n=64        |          | 131.1 us | 1.0 us  | 4.0     | 6%          |
        | Gemm.lanewise  | n=1024      | 256 bits | 67.11 ms | 1.0 us  | 32.0    | 25%         |
        FMA peak of one core, GFLOP/s: 64.0, 128.0""";
    assertEquals(expected, Table.of(scores));
  }

  @Test
  void theLastOfSeveralScoresCounts() throws IOException {
    List<Score> scores =
        scores(
            Records.score("GemmBenchmark.lanewise", "{\"n\": \"8\"}", 256, 1),
            Records.score("GemmBenchmark.lanewise", "{\"n\": \"8\"}", 128, 2),
            Records.score("GemmBenchmark.lanewise", "{\"n\": \"8\"}", 256, 3));
    assertEquals(List.of(2.0, 3.0), scores.stream().map(Score::micros).toList());
    assertTrue(Double.isNaN(scores.get(0).percent()), "no peak was measured");
  }

  @Test
  void workIsThatOfTheDefinition() {
    Map<String, String> conv = Map.of("shape", "7:128:1x7:192:1:same", "batch", "20");
    assertEquals(2.0 * 20 * 49 * 7 * 128 * 192, Work.flops("Conv2dBenchmark.lanewise", conv));
    Map<String, String> net = Map.of("layer", "mixed7", "batch", "1");
    assertEquals(0.919, Work.flops("InceptionV3Benchmark.forward", net) / 2e9, 5e-4);
    double head = Work.flops("HeadStepBenchmark.step", Map.of("batch", "20"));
    assertEquals(3.08, head / 1e9, 0.01);
    double tuned = Work.flops("FineTuneBenchmark.step", Map.of("batch", "1"));
    Map<String, String> whole = Map.of("layer", "mixed10");
    assertEquals(3, tuned / Work.flops("InceptionV3Benchmark.forward", whole), 0.01);
  }
}
