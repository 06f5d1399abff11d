package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dogs-vs-cats --accumulate}. */
class AccumulateTest {

  /** Of the 12 pictures that are trained on, each batch is full, and each step has two of them. */
  private static final int BATCH = 3;

  private static final int LOSS = 1;
  private static final int VAL_LOSS = 3;

  @TempDir static Path shared;
  private static Path weights = Path.of("");
  private static Path data = Path.of("");
  @TempDir Path directory;

  @BeforeAll
  static void writeFiles() throws IOException {
    weights = Files75.weights(shared);
    data = Files75.pictures(shared);
  }

  private Path train(String name, Object... more) {
    Path out = directory.resolve(name);
    Object[] args = {
      "dogs-vs-cats", "--weights", weights, "--data", data, "--out", out, "--size", 75
    };
    CommandRun run = CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray());
    assertEquals(0, run.exitCode(), run.err());
    return out;
  }

  /** The figures of each epoch: accuracy, loss, val_accuracy, val_loss. */
  private static List<double[]> figures(Path out, String run) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("history-" + run + ".csv"));
    assertEquals("epoch,accuracy,loss,val_accuracy,val_loss", lines.get(0));
    List<double[]> figures = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      figures.add(Stream.of(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    return figures;
  }

  @Test
  void twoBatchesAStepAreOneBatchOfTwiceTheSizeWhereNothingIsDropped() throws IOException {
    Path whole = train("whole", "--epochs", 3, "--batch", 2 * BATCH);
    Path parts = train("parts", "--epochs", 3, "--batch", BATCH, "--accumulate", 2);
    Path apart = train("apart", "--epochs", 3, "--batch", BATCH);
    List<double[]> expected = figures(whole, "no-dropout");
    List<double[]> found = figures(parts, "no-dropout");
    for (int epoch = 0; epoch < 3; epoch++) {
      assertEquals(expected.get(epoch)[LOSS], found.get(epoch)[LOSS], 1e-6, "epoch " + epoch);
      assertEquals(expected.get(epoch)[VAL_LOSS], found.get(epoch)[VAL_LOSS], 1e-6);
    }
    double another = figures(apart, "no-dropout").get(0)[LOSS];
    assertNotEquals(expected.get(0)[LOSS], another, 1e-4, "a step a batch is another training");
  }

  @Test
  void allPhasesAccumulate() throws IOException {
    // Fewer batches than one step wants: nothing is learnt, in the heads and in the trunk.
    Path out =
        train(
            "out",
            "--epochs",
            2,
            "--batch",
            BATCH,
            "--accumulate",
            100,
            "--unfreeze",
            "mixed6",
            "--unfreeze-lr",
            1e-3);
    for (String run : List.of("no-dropout", "dropout", "unfrozen")) {
      List<double[]> epochs = figures(out, run);
      assertEquals(epochs.get(0)[VAL_LOSS], epochs.get(1)[VAL_LOSS], run);
    }
    String report = Files.readString(out.resolve("report.json"));
    assertTrue(report.contains("\"accumulate\" : 100"), report);
  }
}
