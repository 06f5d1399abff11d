package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.ReLU;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files that {@code make_fixtures.py} made by h5py, and the model whose weights they hold. */
final class KerasFixtures {

  private KerasFixtures() {}

  /** A fixture, unpacked into a directory. */
  static Path unpack(String name, Path directory) throws IOException {
    return unpack(name, ".h5.gz.base64.txt", directory);
  }

  /** A fixture whose resource's name ends with the suffix, unpacked into a directory. */
  static Path unpack(String name, String suffix, Path directory) throws IOException {
    Path file = directory.resolve(name.substring(name.lastIndexOf('/') + 1) + ".h5");
    try (InputStream text =
            Objects.requireNonNull(KerasFixtures.class.getResourceAsStream(name + suffix), name);
        InputStream bytes = new GZIPInputStream(Base64.getMimeDecoder().wrap(text))) {
      Files.copy(bytes, file);
    }
    return file;
  }

  /** The model of the fixtures, with the weights that its layers start with. */
  static Model model() {
    return model(3);
  }

  /** The model of the fixtures but with another number of outputs. */
  static Model model(int units) {
    Node input = Input.named("input", 6, 6, 1);
    Node x = new Conv2D(2, 3).name("conv").on(input);
    x = new BatchNormalization().name("bn").on(x);
    x = new ReLU().name("relu").on(x);
    x = new Flatten().name("flatten").on(x);
    x = new Dense(units).name("dense").on(x);
    return new Model("fixture", List.of(input), List.of(x));
  }

  /** Element {@code i} of the weight that is number {@code n} of the model. */
  static float expected(int n, int i) {
    return (100 * n + i) / 4f - 16;
  }

  static void assertExpected(Model model) {
    List<Parameter> parameters = model.parameters();
    for (int n = 0; n < parameters.size(); n++) {
      float[] values = new float[parameters.get(n).shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = expected(n, i);
      }
      assertArrayEquals(values, parameters.get(n).value().toArray(), parameters.get(n).toString());
    }
  }

  /** Sets the weights that the fixtures hold. */
  static void assignExpected(Model model) {
    List<Parameter> parameters = model.parameters();
    for (int n = 0; n < parameters.size(); n++) {
      float[] values = new float[parameters.get(n).shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = expected(n, i);
      }
      parameters.get(n).assign(values);
    }
  }

  /** Copies of all weights. */
  static List<float[]> snapshot(Model model) {
    return model.parameters().stream().map(p -> p.value().toArray()).toList();
  }

  static void assertUnchanged(List<float[]> before, Model model) {
    List<float[]> after = snapshot(model);
    for (int n = 0; n < before.size(); n++) {
      assertArrayEquals(before.get(n), after.get(n), model.parameters().get(n).toString());
    }
  }
}
