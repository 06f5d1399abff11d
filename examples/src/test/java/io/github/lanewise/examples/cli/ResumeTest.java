package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed and started again. */
class ResumeTest {

  private static final int EPOCHS = 12;

  @TempDir Path directory;
  private Path weights = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    weights = Files75.weights(directory);
    data = Files75.pictures(directory);
  }

  private List<String> arguments(Path out, String... more) {
    return arguments(EPOCHS, out, more);
  }

  private List<String> arguments(int epochs, Path out, String... more) {
    List<String> all = new ArrayList<>(List.of("dogs-vs-cats", "--size", "75", "--batch", "4"));
    all.addAll(List.of("--weights", weights.toString(), "--data", data.toString()));
    all.addAll(List.of("--epochs", String.valueOf(epochs), "--out", out.toString()));
    all.addAll(List.of("--checkpoint-interval", "0"));
    all.addAll(List.of(more));
    return all;
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.github.lanewise.examples.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /**
   * Kills a process so long after it has said so many times that an epoch has ended.
   *
   * @return the epochs that it said
   */
  private static List<String> kill(Process process, int epochs, long millis)
      throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
      for (String line = lines.readLine();
          line != null && said.size() < epochs;
          line = said.size() == epochs ? null : lines.readLine()) {
        if (line.startsWith("Epoch ")) {
          said.add(line.substring(0, line.indexOf(" - ")));
        }
      }
      assertEquals(epochs, said.size(), said.toString());
      Thread.sleep(millis);
      // SIGKILL where there is such a thing.
      assertTrue(process.destroyForcibly().waitFor(1, TimeUnit.MINUTES));
    }
    return said;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void assertRefuses(Path out, String option, String value, String reason) {
    CommandRun other = CommandRun.of(arguments(out, "--resume", option, value).toArray());
    assertEquals(1, other.exitCode());
    Path file = out.resolve("checkpoint-no-dropout.state");
    assertTrue(other.err().contains(file + ": expected a training with " + reason), other.err());
  }

  private static void assertSameResults(Path expected, Path found) throws IOException {
    assertEquals(names(expected), names(found));
    for (String file : List.of("model.h5", "history-no-dropout.csv", "history-dropout.csv")) {
      assertEquals(-1, Files.mismatch(expected.resolve(file), found.resolve(file)), file);
    }
  }

  @Test
  void aJobThatIsKilledAtRandomMomentsAndResumedEndsWithTheSameWeightsAndHistory()
      throws Exception {
    Path whole = directory.resolve("whole");
    CommandRun reference = CommandRun.of(arguments(whole).toArray());
    assertEquals(0, reference.exitCode(), reference.err());
    Path out = directory.resolve("out");
    SplittableRandom random = new SplittableRandom(20);
    // In the first head, then twice in the second, at moments that may be within a step, an
    // evaluation, the writing of a checkpoint or its renaming. An epoch or two may end unseen.
    List<String> first = kill(start(arguments(out)), 4, random.nextLong(60));
    assertTrue(first.contains("Epoch 1/12"), first.toString());
    assertRefuses(out, "--seed", "7", "seed 7, found 42");
    List<String> second = kill(start(arguments(out, "--resume")), 10, random.nextLong(60));
    assertFalse(second.subList(0, second.indexOf("Epoch 12/12")).contains("Epoch 1/12"));
    kill(start(arguments(out, "--resume")), 2, random.nextLong(60));
    assertFalse(Files.exists(out.resolve("model.h5")), "killed before the end");
    assertTrue(Files.exists(out.resolve("checkpoint-no-dropout.state")), names(out).toString());

    CommandRun last = CommandRun.of(arguments(out, "--resume").toArray());
    assertEquals(0, last.exitCode(), last.err());
    int without = last.outLines().indexOf("Without dropout");
    assertEquals("With dropout 0.2", last.outLines().get(without + 1), "trained once");
    assertSameResults(whole, out);
  }

  @Test
  void gradientsOfBatchesBeforeTheEndCountInTheStepAfterIt() throws Exception {
    Path whole = directory.resolve("whole");
    // Three batches an epoch: after each odd one, the first half of a step is in the checkpoint.
    CommandRun reference = CommandRun.of(arguments(4, whole, "--accumulate", "2").toArray());
    assertEquals(0, reference.exitCode(), reference.err());
    Path out = directory.resolve("out");
    kill(start(arguments(4, out, "--accumulate", "2")), 3, 0);
    assertRefuses(out, "--accumulate", "3", "optimizer ");
    CommandRun last = CommandRun.of(arguments(4, out, "--accumulate", "2", "--resume").toArray());
    assertEquals(0, last.exitCode(), last.err());
    assertSameResults(whole, out);
  }
}
