package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "dogs-vs-cats --help",
        "predict --help",
        "explain --help",
        "serve --help",
        "features --help",
        "summary --help",
        "inspect --help",
        "convert --help",
        "export --help",
        "benchmark --help",
        "--version"
      })
  void helpIsPrintedWithExitCodeZero(String line) {
    CommandRun run = CommandRun.of((Object[]) line.split(" "));
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    assertTrue(run.out().contains("lanewise"), run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dogs-vs-cats",
        "predict",
        "explain",
        "serve",
        "export",
        "features",
        "summary",
        "benchmark"
      })
  void helpOfACommandTellsDefaults(String command) {
    assertTrue(CommandRun.of(command, "--help").out().contains("(default:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-command",
        "--no-such-flag",
        "dogs-vs-cats --no-such-flag",
        "dogs-vs-cats surplus",
        "dogs-vs-cats --epochs",
        "dogs-vs-cats --epochs many",
        "dogs-vs-cats --epochs 0",
        "dogs-vs-cats --batch 0",
        "dogs-vs-cats --accumulate 0",
        "dogs-vs-cats --accumulate half",
        "dogs-vs-cats --threads 0",
        "dogs-vs-cats --size 74",
        "dogs-vs-cats --lr 0",
        "dogs-vs-cats --lr NaN",
        "dogs-vs-cats --dropout 1",
        "dogs-vs-cats --dropout 0",
        "dogs-vs-cats --resize CUBIC",
        "dogs-vs-cats --cache-memory lots",
        "dogs-vs-cats --sample --download",
        "dogs-vs-cats --sample --data data",
        "predict",
        "explain",
        "explain --threads 0 a.jpg",
        "serve surplus",
        "serve --port 65536",
        "serve --queue 0",
        "serve --max-body 2g",
        "export m.keras",
        "export --onnx m.onnx",
        "export --onnx m.onnx --batch-normalization lost m.keras",
        "features --layer mixed7 --input a.jpg --output o.h5",
        "summary --size 10",
        "summary --network ResNet50 --size 31",
        "summary --network ResNet51"
      })
  void wrongUsageIsToldOnStderrWithExitCodeTwo(String line) {
    Object[] args = line.isEmpty() ? new Object[0] : line.split(" ");
    CommandRun run = CommandRun.of(args);
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("", run.out());
    assertTrue(run.errLines().get(0).startsWith("lanewise"), run.err());
    assertTrue(run.err().contains("--help'."), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void aMistypedFlagIsNamedTogetherWithTheRightOne() {
    CommandRun run = CommandRun.of("dogs-vs-cats", "--epoch", "3");
    assertTrue(run.err().contains("--epoch"), run.err());
    assertTrue(run.err().contains("--epochs"), run.err());
  }

  @Test
  void aFailureIsOneLineOnStderrWithExitCodeOne() {
    Path missing = directory.resolve("missing.h5");
    CommandRun run = CommandRun.of("predict", "--model", missing, "a.jpg");
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals("lanewise: " + missing + ": no such file", run.err().strip());
  }

  @Test
  void theStackTraceIsShownOnRequestOnly() {
    Path missing = directory.resolve("missing.h5");
    CommandRun run = CommandRun.of("predict", "--stacktrace", "--model", missing, "a.jpg");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("\tat "), run.err());
  }

  @Test
  void theSummaryHasTheLayersOfInceptionV3AtTheGivenSize() {
    CommandRun run = CommandRun.of("summary", "--size", "150");
    assertEquals(0, run.exitCode());
    assertTrue(
        run.outLines().stream()
            .anyMatch(l -> l.contains("mixed7") && l.contains("(None, 7, 7, 768)")),
        run.out());
    assertTrue(run.out().contains("Total params: 21,802,784"), "total");
    assertFalse(run.out().contains("predictions"), "no top");
  }

  @Test
  void theSummaryHasTheTopOnRequest() {
    CommandRun run = CommandRun.of("summary", "--size", "299", "--top");
    assertTrue(run.out().contains("predictions"), "top");
    assertTrue(run.out().contains("Total params: 23,851,784"), "total");
  }

  @Test
  void theSummaryOfAnotherNetworkIsAtKerassDefaultSize() {
    CommandRun run = CommandRun.of("summary", "--network", "ResNet50", "--top");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("Model: \"resnet50\""), run.out());
    assertTrue(run.out().contains("(None, 224, 224, 3)"), run.out());
    assertTrue(run.out().contains("Total params: 25,636,712"), "total");
  }

  @Test
  void theHelpOfTheSummaryListsTheNetworks() {
    String help = CommandRun.of("summary", "--help").out();
    assertTrue(help.contains("NASNetMobile"), help);
  }

  @Test
  void allOptionsOfTheTrainingAreInItsHelp() {
    String help = CommandRun.of("dogs-vs-cats", "--help").out();
    for (String option :
        Arrays.asList(
            "--weights",
            "--data",
            "--epochs",
            "--batch",
            "--accumulate",
            "--lr",
            "--dropout",
            "--seed",
            "--threads",
            "--out",
            "--cache-memory",
            "--download",
            "--stacktrace")) {
      assertTrue(help.contains(option), option);
    }
  }

  @Test
  void anOutputDirectoryThatCanNotBeWrittenIsFoundBeforeTheWorkStarts() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "text");
    CommandRun run = CommandRun.of("dogs-vs-cats", "--sample", "--out", file.resolve("out"));
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains(file.resolve("out") + ": can not write there"), run.err());
    assertEquals(1, run.errLines().size());
  }

  @Test
  void anOutputDirectoryWithoutWritePermissionIsAnError() throws Exception {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    org.junit.jupiter.api.Assumptions.assumeTrue(
        locked.toFile().setWritable(false) && !Files.isWritable(locked),
        "this user may write everywhere");
    CommandRun run = CommandRun.of("dogs-vs-cats", "--sample", "--out", locked);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(locked + ": can not write there"), run.err());
  }
}
