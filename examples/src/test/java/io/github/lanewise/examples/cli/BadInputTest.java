package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad files, each with one clear error that names it, and nothing left in the output. */
class BadInputTest {

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path weights = Path.of("");
  private Path data = Path.of("");

  @BeforeAll
  static void writeWeights() throws IOException {
    weights = Files75.weights(shared);
  }

  @BeforeEach
  void writePictures() throws IOException {
    data = Files75.pictures(directory);
  }

  private CommandRun train(Path ofWeights, Path ofData) {
    Path out = directory.resolve("out");
    return CommandRun.of(
        "dogs-vs-cats",
        "--weights",
        ofWeights,
        "--data",
        ofData,
        "--out",
        out,
        "--size",
        75,
        "--epochs",
        1,
        "--batch",
        4);
  }

  private void assertFails(CommandRun run, String... parts) throws IOException {
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(1, run.errLines().size(), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), run.err());
    }
    try (Stream<Path> results = Files.list(directory.resolve("out"))) {
      assertEquals(List.of(), results.toList());
    }
  }

  @Test
  void aMissingWeightFile() throws IOException {
    Path missing = directory.resolve("missing.h5");
    assertFails(train(missing, data), missing + ": no such file");
  }

  @Test
  void aTextFileCalledH5() throws IOException {
    Path text = Files.writeString(directory.resolve("text.h5"), "weights, honestly");
    assertFails(train(text, data), text.toString(), "HDF5");
  }

  @Test
  void anEmptyWeightFile() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.h5"));
    assertFails(train(empty, data), empty.toString());
  }

  @Test
  void aTruncatedWeightFile() throws IOException {
    Path truncated = Files.copy(weights, directory.resolve("truncated.h5"));
    Files75.halve(truncated);
    assertFails(train(truncated, data), truncated.toString());
  }

  @Test
  void anHdf5FileOfSomethingElse() throws IOException {
    Path other = directory.resolve("other.h5");
    Hdf5Tensors.write(other, Map.of("a", Tensor.zeros(2, 2)));
    CommandRun run = train(other, data);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(other.toString()), run.err());
  }

  @Test
  void aMissingDirectoryOfPictures() throws IOException {
    Path missing = directory.resolve("missing");
    assertFails(train(weights, missing), missing.resolve("train") + ": no such directory");
  }

  @Test
  void anEmptyClassFolder() throws IOException {
    Path cats = data.resolve("train/cats");
    empty(cats);
    assertFails(train(weights, data), cats.toString(), "found none");
  }

  @Test
  void aThirdClass() throws IOException {
    Path mice = Files.createDirectories(data.resolve("train/mice"));
    Files.copy(data.resolve("train/cats/0.jpg"), mice.resolve("0.jpg"));
    assertFails(train(weights, data), data.toString(), "mice");
  }

  @Test
  void otherClassesForValidation() throws IOException {
    Files.move(data.resolve("validation/dogs"), data.resolve("validation/wolves"));
    assertFails(train(weights, data), data.toString(), "wolves");
  }

  @Test
  void noPictureThatCanBeRead() throws IOException {
    for (String folder : List.of("train/cats", "train/dogs")) {
      try (Stream<Path> files = Files.list(data.resolve(folder))) {
        for (Path file : files.toList()) {
          Files.writeString(file, "not a picture");
        }
      }
    }
    CommandRun run = train(weights, data);
    assertEquals(1, run.exitCode());
    assertEquals(13, run.errLines().size(), run.err());
    assertTrue(run.errLines().get(12).contains("expected samples, found none"), run.err());
  }

  @Test
  void weightsWithoutPictures() {
    CommandRun run =
        CommandRun.of("dogs-vs-cats", "--weights", weights, "--out", directory.resolve("out"));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--data"), run.err());
  }

  @Test
  void aHeadThatIsNone() throws IOException {
    CommandRun run = CommandRun.of("predict", "--model", weights, data);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(weights + ": expected a head"), run.err());
  }

  @Test
  void aLayerThatDoesNotExist() {
    Path output = directory.resolve("features.h5");
    CommandRun run =
        CommandRun.of(
            "features",
            "--weights",
            weights,
            "--layer",
            "mixed77",
            "--size",
            75,
            "--input",
            data,
            "--output",
            output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("mixed77"), run.err());
    assertTrue(run.err().contains("mixed7,"), run.err());
    assertFalse(Files.exists(output));
  }

  @Test
  void anInputOfAnotherShape() throws IOException {
    Path input = directory.resolve("input.h5");
    Hdf5Tensors.write(input, Map.of("input", Tensor.zeros(2, 75, 75)));
    Path output = directory.resolve("features.h5");
    CommandRun run =
        CommandRun.of(
            "features",
            "--weights",
            weights,
            "--layer",
            "mixed7",
            "--input",
            input,
            "--output",
            output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(input + ": data set 'input': expected [n,"), run.err());
    assertFalse(Files.exists(output));
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
