package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.hdf5.KerasModel;
import io.github.lanewise.image.Resize;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

  @TempDir Path directory;
  private Path onnx = Path.of("");

  @BeforeEach
  void nameTheFile() {
    onnx = directory.resolve("out.onnx");
  }

  private Path model() throws IOException {
    Node x = Input.named("x", 5, 5, 3);
    Node y = new BatchNormalization().name("norm").on(new Conv2D(4, 3).name("conv").on(x));
    Path file = directory.resolve("m.keras");
    KerasModel.save(new Model(x, y), file);
    return file;
  }

  private String text() throws IOException {
    return Files.readString(onnx, StandardCharsets.ISO_8859_1);
  }

  @Test
  void aWholeModelBecomesAnOnnxFileWithNormalizationsFolded() throws IOException {
    CommandRun run = CommandRun.of("export", "--onnx", onnx, model());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(List.of(onnx + ": Model 'model' of 3 layers"), run.outLines());
    assertTrue(text().contains("conv/Conv"), "conv");
    assertFalse(text().contains("epsilon"), "norm");
  }

  @Test
  void normalizationsAreKeptOnRequest() throws IOException {
    CommandRun run =
        CommandRun.of("export", "--batch-normalization", "kept", "--onnx", onnx, model());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(text().contains("epsilon"), "norm");
  }

  @Test
  void aHeadIsWrittenTogetherWithItsTrunk() throws IOException {
    Path weights = Files75.weights(directory);
    Trunk trunk = Trunk.keras(weights, "mixed10", 75);
    PictureInput input = new PictureInput(75, Resize.NEAREST, PictureInput.Scaling.SYMMETRIC);
    Path file = directory.resolve("head.h5");
    new SavedHead(
            "mixed10",
            input,
            null,
            0.2,
            List.of("cats", "dogs"),
            trunk.weights(),
            trunk.md5(),
            null)
        .write(Head.on(trunk, 0.2, 1), file);
    CommandRun run = CommandRun.of("export", "--onnx", onnx, "--weights", weights, file);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(text().contains("mixed10/Concat"), "trunk");
    assertTrue(text().contains("dense_1/Sigmoid"), "head");
    long floats = trunk.model().parameters().stream().mapToLong(p -> p.shape().size()).sum();
    assertTrue(Files.size(onnx) > 3 * floats, "with weights");
  }

  @Test
  void aFileThatIsNoModelIsOneErrorThatNamesIt() throws IOException {
    Path text = Files.writeString(directory.resolve("text.keras"), "no model");
    for (Path bad : List.of(text, directory.resolve("missing.h5"))) {
      CommandRun run = CommandRun.of("export", "--onnx", onnx, bad);
      assertEquals(1, run.exitCode());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().startsWith("lanewise: " + bad + ": "), run.err());
      assertFalse(Files.exists(onnx));
    }
  }

  @Test
  void anOutputThatCanNotBeWrittenIsOneErrorThatNamesIt() throws IOException {
    Path missing = directory.resolve("missing").resolve("out.onnx");
    CommandRun run = CommandRun.of("export", "--onnx", missing, model());
    assertEquals(1, run.exitCode());
    assertEquals(
        "lanewise: " + missing + ": can not be written: " + missing.getParent() + " does not exist",
        run.err().strip());
  }
}
