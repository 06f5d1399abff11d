package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.hdf5.KerasModel;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {

  @TempDir Path directory;

  private static Model model() {
    Node x = Input.named("x", 5, 5, 3);
    return new Model(x, new Conv2D(4, 3).name("conv").on(x));
  }

  @Test
  void aWholeModelIsPrintedAsASummary() throws IOException {
    Path file = directory.resolve("m.keras");
    KerasModel.save(model(), file);
    CommandRun run = CommandRun.of("inspect", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("model_keras"), run.out());
    assertTrue(run.out().contains("conv (Conv2D)"), run.out());
    assertTrue(
        run.out().contains("112 numbers in 2 arrays; open it with KerasModel.load"), run.out());
  }

  @Test
  void weightsAloneAreListedWithWhatToDo() throws IOException {
    Path file = directory.resolve("w.h5");
    KerasWeights.save(model(), file);
    CommandRun run = CommandRun.of("inspect", "--json", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals("weights_h5", json.get("kind").asText());
    assertEquals("2.15.0", json.get("kerasVersion").asText());
    assertEquals("conv/kernel:0", json.get("weights").get(0).get("name").asText());
    assertEquals("(3, 3, 3, 4)", json.get("weights").get(0).get("shape").asText());
    assertEquals(112, json.get("parameters").asInt());
  }

  @Test
  void aForeignFileIsNamedAsOneAndAnythingElseIsAFailure() throws IOException {
    Path file = directory.resolve("other.h5");
    Hdf5Tensors.write(file, Map.of("a/b", Tensor.zeros(2, 3)));
    CommandRun run = CommandRun.of("inspect", file.toString());
    assertTrue(run.out().contains("a/b (2, 3)"), run.out());
    assertTrue(run.out().contains("not a Keras file"), run.out());
    Path text = directory.resolve("text.h5");
    Files.writeString(text, "hello");
    CommandRun failed = CommandRun.of("inspect", text.toString());
    assertEquals(1, failed.exitCode());
    assertTrue(failed.err().contains("expected an HDF5 file"), failed.err());
  }

  @Test
  void aModelIsConvertedThereAndBackToTheSameBytes() throws IOException {
    Path h5 = directory.resolve("a.h5");
    Path keras = directory.resolve("b.keras");
    Path back = directory.resolve("c.h5");
    KerasModel.save(model(), h5);
    assertEquals(0, CommandRun.of("convert", h5.toString(), keras.toString()).exitCode());
    assertEquals(0, CommandRun.of("convert", keras.toString(), back.toString()).exitCode());
    assertEquals(-1, Files.mismatch(h5, back));
  }
}
