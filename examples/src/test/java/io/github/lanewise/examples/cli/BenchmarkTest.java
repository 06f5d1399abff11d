package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkTest {

  @Test
  void aLineIsPrintedForEachBatchAndNumberOfThreads() {
    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--size",
            75,
            "--layer",
            "mixed0",
            "--batch",
            "1,3",
            "--threads",
            "1,2",
            "--seconds",
            0.01,
            "--explain");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("FMA peak of one core: "), run.out());
    assertTrue(run.out().contains("conv2d_1 "), run.out());
    assertEquals(
        4, run.outLines().stream().filter(l -> l.matches(" +[13] +[12] +[0-9.]+ .*")).count());
  }

  @Test
  void jsonHoldsTheSameFigures() throws Exception {
    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--size",
            75,
            "--layer",
            "mixed0",
            "--batch",
            2,
            "--seconds",
            0.01,
            "--algorithm",
            "direct",
            "--precision",
            "bfloat16",
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    assertEquals("DIRECT", report.get("algorithm").asText());
    assertEquals("BFLOAT16", report.get("precision").asText());
    assertTrue(report.get("weightBytes").asLong() > 0);
    assertTrue(report.get("fmaPeakGflops").asDouble() > 0);
    assertTrue(report.get("startup").get("predictionSeconds").asDouble() > 0);
    JsonNode result = report.get("results").get(0);
    assertEquals(2, result.get("batch").asInt());
    assertTrue(result.get("calls").asInt() >= 3);
    assertTrue(result.get("medianMillis").asDouble() >= result.get("minimumMillis").asDouble());
    assertEquals(
        result.get("imagesPerSecond").asDouble(),
        2000 / result.get("medianMillis").asDouble(),
        1e-6);
  }

  @Test
  void stepsAreMeasuredWithinTheWhole() throws Exception {
    CommandRun table =
        CommandRun.of(
            (Object[])
                "benchmark --size 75 --layer mixed0 --batch 1,3 --seconds 0.01 --layers"
                    .split(" "));
    assertEquals(0, table.exitCode(), table.err());
    for (String row :
        List.of(
            "input_1 +Input +[0-9.]+ +[0-9.]+%",
            "conv2d_1 +Conv2d 3x3/2 +direct.* [0-9.]+ +[0-9.]+% +[0-9.]+ +[0-9]+%",
            "max_pooling2d_1 +MaxPool2d +[0-9.]+ +[0-9.]+%")) {
      assertEquals(2, table.outLines().stream().filter(l -> l.matches(row)).count(), table.out());
    }
    CommandRun run =
        CommandRun.of(
            (Object[])
                "benchmark --size 75 --layer mixed0 --batch 2 --seconds 0.01 --layers --json"
                    .split(" "));
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    JsonNode times = report.get("layers").get(0);
    assertEquals(2, times.get("batch").asInt());
    double operations = 0;
    for (JsonNode row : times.get("rows")) {
      assertTrue(row.get("millis").asDouble() > 0, row.toString());
      operations += row.get("gflops").asDouble() * row.get("millis").asDouble();
    }
    JsonNode whole = report.get("results").get(0);
    double expected = whole.get("gflops").asDouble() * whole.get("medianMillis").asDouble();
    assertEquals(expected, operations, 1e-6 * expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"head", "fine-tune"})
  void aStepOfTrainingIsMeasuredForEachBatch(String task) {
    CommandRun run =
        CommandRun.of(
            "benchmark", "--train", task, "--size", 75, "--batch", "1,2", "--seconds", 0.01);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.outLines().get(0).startsWith("A step of training (" + task + "): "), run.out());
    assertEquals(
        2, run.outLines().stream().filter(l -> l.matches(" +[12] +1 .* MB .* +[0-9]+")).count());
  }

  @Test
  void aStepOfTrainingMayRecomputeBlocks() throws Exception {
    String line = "benchmark --train fine-tune --recompute --size 75 --batch 1 --seconds 0.01";
    CommandRun run = CommandRun.of((Object[]) line.split(" "));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.outLines().get(0).endsWith("; blocks recomputed"), run.out());
    CommandRun json = CommandRun.of((Object[]) (line + " --json").split(" "));
    assertTrue(JsonMapper.builder().build().readTree(json.out()).get("recompute").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--train head"})
  void thereIsNothingToRecomputeButInFineTuning(String flags) {
    CommandRun run = CommandRun.of((Object[]) ("benchmark --recompute " + flags).trim().split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--recompute goes with --train fine-tune alone"), run.err());
  }

  @Test
  void jsonHoldsTheFiguresOfAStepOfTraining() throws Exception {
    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--train",
            "head",
            "--size",
            75,
            "--threads",
            2,
            "--seconds",
            0.1,
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    assertEquals("head", report.get("train").asText());
    assertEquals(1, report.get("results").size());
    JsonNode result = report.get("results").get(0);
    assertEquals(20, result.get("batch").asInt());
    assertEquals(2, result.get("threads").asInt());
    assertTrue(result.get("steps").asInt() >= 3);
    double median = result.get("medianMillis").asDouble();
    assertTrue(median >= result.get("minimumMillis").asDouble());
    assertEquals(20_000 / median, result.get("imagesPerSecond").asDouble(), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--layer mixed0", "--weights w.h5", "--algorithm direct", "--explain", "--layers"})
  void whatIsOfTheForwardPassAloneDoesNotGoWithTraining(String flags) {
    CommandRun run = CommandRun.of((Object[]) ("benchmark --train fine-tune " + flags).split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--train does not go with " + flags.split(" ")[0]), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--batch 0",
        "--threads 0",
        "--seconds 0",
        "--size 74",
        "--algorithm fft",
        "--train tail",
        "--batch 1,x"
      })
  void valuesThatMakeNoSenseAreWrongUsage(String flags) {
    CommandRun run = CommandRun.of((Object[]) ("benchmark " + flags).split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(flags.split(" ")[0]), run.err());
  }

  @Test
  void anUnknownLayerAndAMissingFileAreNamed() {
    CommandRun layer = CommandRun.of("benchmark", "--layer", "mixed77", "--size", 75);
    assertEquals(1, layer.exitCode());
    assertTrue(layer.err().contains("mixed77"), layer.err());
    CommandRun file = CommandRun.of("benchmark", "--weights", "no-such.h5");
    assertEquals(1, file.exitCode());
    assertTrue(file.err().contains("no-such.h5"), file.err());
  }
}
