package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  @TempDir Path directory;

  /** With weights of every rank, some too small to be compressed, one of more than a buffer. */
  static Model model() {
    Node input = Input.named("in", 12, 12, 8);
    Node x = new BatchNormalization().on(new Conv2D(300, 3).on(input));
    x = new Dense(7).on(new Flatten().on(x));
    return new Model(input, x);
  }

  private static float[][] weights(Model model) {
    return model.parameters().stream().map(p -> p.value().toArray()).toArray(float[][]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aCompressedModelIsReadBackAsItWas(String name) throws IOException {
    Model model = model();
    Path file = directory.resolve(name);
    Path plain = directory.resolve("plain-" + name);
    KerasModel.save(model, file, Compression.GZIP);
    KerasModel.save(model, plain);
    assertArrayEquals(weights(model), weights(KerasModel.load(file)));
    assertTrue(Files.size(file) < 0.96 * Files.size(plain), Files.size(file) + " bytes");
    byte[] first = Files.readAllBytes(file);
    KerasModel.save(model, file, Compression.GZIP);
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void compressedWeightsAreReadBackAsTheyWere() throws IOException {
    Model model = model();
    Path file = directory.resolve("weights.h5");
    KerasWeights.save(model, file, Map.of("note", "mine"), Compression.GZIP);
    Model other = model();
    model.parameters().get(0).value().data()[5] = 77;
    KerasWeights.save(model, file, Map.of("note", "mine"), Compression.GZIP);
    other.loadWeights(KerasWeights.topological(file));
    assertArrayEquals(weights(model), weights(other));
    assertEquals("mine", KerasWeights.attributes(file).get("note"));
  }
}
