package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dogs-vs-cats --unfreeze}. */
class UnfreezeTest {

  @TempDir Path directory;

  private CommandRun train(Path weights, Path data, Path out, Object... more) {
    Object[] args = {
      "dogs-vs-cats",
      "--weights",
      weights,
      "--data",
      data,
      "--out",
      out,
      "--size",
      75,
      "--epochs",
      1,
      "--batch",
      4
    };
    return CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray());
  }

  private static float[] kernel(Path weights, String layer) {
    Model whole = InceptionV3.notop(75, 75);
    Model inception = new Model(whole.input(), whole.layer("mixed7").output());
    inception.loadWeights(KerasWeights.byName(weights));
    return inception.layer(layer).layer().parameters().get(0).value().toArray();
  }

  @Test
  void upperLayersLearnAndTheFileHoldsAllOfTheNetwork() throws IOException {
    Path weights = Files75.weights(directory);
    Path data = Files75.pictures(directory);
    Path out = directory.resolve("out");
    CommandRun run =
        train(
            weights,
            data,
            out,
            "--unfreeze",
            "mixed6",
            "--unfreeze-lr",
            1e-3,
            "--tensorboard",
            directory.resolve("logs"));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("Retraining from mixed6"), run.out());
    assertEquals(2, Files.readAllLines(out.resolve("history-unfrozen.csv")).size());

    for (String name : new String[] {"no-dropout", "dropout", "unfrozen", "report"}) {
      try (Stream<Path> files = Files.list(directory.resolve("logs/" + name + "/train"))) {
        assertEquals(1, files.count(), name);
      }
    }

    JsonNode report = JsonMapper.builder().build().readTree(out.resolve("report.json").toFile());
    assertEquals("mixed6", report.at("/settings/unfreeze").asText());
    assertEquals("unfrozen", report.at("/runs/2/name").asText());

    Path model = out.resolve("model.h5");
    assertArrayEquals(kernel(weights, "conv2d_60"), kernel(model, "conv2d_60"));
    assertFalse(Arrays.equals(kernel(weights, "conv2d_61"), kernel(model, "conv2d_61")));
    String normalization = "batch_normalization_70";
    assertArrayEquals(kernel(weights, normalization), kernel(model, normalization));

    Files.delete(weights);
    CommandRun predicted = CommandRun.of("predict", "--model", model, data.resolve("validation"));
    assertEquals(0, predicted.exitCode(), predicted.err());
  }

  @Test
  void recomputingBlocksGivesTheSameNetwork() throws IOException {
    Path weights = Files75.weights(directory);
    Path data = Files75.pictures(directory);
    Path kept = directory.resolve("kept");
    Path recomputed = directory.resolve("recomputed");
    CommandRun run = train(weights, data, kept, "--unfreeze", "mixed5");
    assertEquals(0, run.exitCode(), run.err());
    run = train(weights, data, recomputed, "--unfreeze", "mixed5", "--recompute");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(-1, Files.mismatch(kept.resolve("model.h5"), recomputed.resolve("model.h5")));
    JsonNode report =
        JsonMapper.builder().build().readTree(recomputed.resolve("report.json").toFile());
    assertTrue(report.at("/settings/recompute").asBoolean());
  }

  @Test
  void thereIsNothingToRecomputeWhereTheTrunkStaysFrozen() throws IOException {
    CommandRun run = train(directory, directory, directory.resolve("out"), "--recompute");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--recompute goes with --unfreeze alone"), run.err());
  }

  @Test
  void aLayerThatIsNotThereIsRefusedBeforeAnythingIsTrained() throws IOException {
    Path weights = Files75.weights(directory);
    Path data = Files75.pictures(directory);
    Path out = directory.resolve("out");
    CommandRun run = train(weights, data, out, "--unfreeze", "mixed11");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--unfreeze"), run.err());
    assertTrue(run.err().contains("mixed11"), run.err());
    assertFalse(Files.exists(out.resolve("model.h5")));
    run = train(weights, data, out, "--unfreeze", "mixed7");
    assertTrue(run.err().contains("found no weights from mixed7 on"), run.err());
  }
}
