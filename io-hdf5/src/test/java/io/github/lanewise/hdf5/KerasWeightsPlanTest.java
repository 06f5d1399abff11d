package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans compiled from a model and a file, without loading the model. */
class KerasWeightsPlanTest {

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(4);

  private Tensor draw(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) (2 * random.nextDouble() - 1);
    }
    return tensor;
  }

  private static float[] run(InferencePlan plan, Tensor x) {
    return plan.session(Compute.threads(2), x.shape().dim(0)).run(x).get(0).toArray();
  }

  @ParameterizedTest
  @CsvSource({"mixed7, FLOAT32", "mixed10, FLOAT32", "mixed10, INT8"})
  void inceptionFromTheFileGivesTheBitsOfInceptionThatWasLoaded(
      String layer, WeightPrecision precision) {
    KerasWeights weights = KerasWeights.byName(RealData.notopWeights(RealData.directory()));
    Model loaded = inception(layer);
    loaded.loadWeights(weights);
    Tensor x = draw(Shape.of(2, 75, 75, 3));
    float[] expected = run(InferencePlan.compile(loaded, Conv2dAlgorithm.WINOGRAD, precision), x);
    Model model = inception(layer);
    assertArrayEquals(
        expected,
        run(InferencePlan.compile(model, weights, Conv2dAlgorithm.WINOGRAD, precision), x));
    int kernels = 0;
    for (Parameter parameter : model.parameters()) {
      if (parameter.name().equals("kernel")) {
        // Memory is taken over only where the value has not been created.
        Tensor first = Tensor.zeros(parameter.shape());
        parameter.adopt(first);
        assertSame(first.data(), parameter.value().data());
        kernels++;
      }
    }
    assertTrue(kernels > 60, kernels + " kernels");
  }

  private static Model inception(String layer) {
    Model inception = InceptionV3.notop(75, 75);
    return new Model(inception.input(), inception.layer(layer).output());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "gzip_shuffle",
        "newest_format",
        "user_block",
        "big_endian_float32",
        "float16",
        "float64_gzip",
        "model_weights"
      })
  void everyKindOfFileGivesTheBitsOfTheModelThatWasLoaded(String fixture) throws IOException {
    KerasWeights weights = KerasWeights.byName(KerasFixtures.unpack(fixture, directory));
    Model loaded = KerasFixtures.model();
    loaded.loadWeights(weights);
    Tensor x = draw(Shape.of(3, 6, 6, 1));
    float[] found = run(InferencePlan.compile(KerasFixtures.model(), weights), x);
    assertArrayEquals(run(InferencePlan.compile(loaded), x), found);
  }

  @Test
  void whatDoesNotFitIsTheErrorOfLoading() throws IOException {
    Path file = KerasFixtures.unpack("plain", directory);
    for (KerasWeights weights :
        List.of(KerasWeights.byName(file), KerasWeights.topological(file))) {
      String expected = failure(() -> KerasFixtures.model(4).loadWeights(weights));
      assertTrue(String.valueOf(expected).contains("(32, 4)"), expected);
      assertEquals(expected, failure(() -> InferencePlan.compile(KerasFixtures.model(4), weights)));
    }
  }

  @Test
  void aDatasetThatIsDamagedGivesTheErrorOfLoadingAndNoPlan() throws IOException {
    byte[] whole = Files.readAllBytes(KerasFixtures.unpack("gzip_shuffle", directory));
    Path file = directory.resolve("damaged.h5");
    KerasWeights weights = KerasWeights.topological(file);
    int inDatasets = 0;
    for (int at = 0; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      String expected = failure(() -> KerasFixtures.model().loadWeights(weights));
      assertEquals(expected, failure(() -> InferencePlan.compile(KerasFixtures.model(), weights)));
      if (expected != null) {
        assertTrue(expected.startsWith(file + ": "), expected);
        inDatasets += failure(() -> weights.open(KerasFixtures.model()).close()) == null ? 1 : 0;
      }
    }
    assertTrue(inDatasets > 5, inDatasets + " files that open could not be read");
  }

  @Test
  void aReaderThatIsClosedReadsNothing() throws IOException {
    Model model = KerasFixtures.model();
    Parameter parameter = model.parameters().get(0);
    WeightReader reader = KerasWeights.byName(KerasFixtures.unpack("plain", directory)).open(model);
    assertEquals(KerasFixtures.expected(0, 5), reader.read(parameter).data()[5]);
    reader.close();
    assertThrows(WeightException.class, () -> reader.read(parameter));
  }

  @Test
  void aReaderRefusesTheParametersOfAnotherModel() throws IOException {
    KerasWeights weights = KerasWeights.byName(KerasFixtures.unpack("plain", directory));
    try (WeightReader reader = weights.open(KerasFixtures.model())) {
      Parameter other = KerasFixtures.model().parameters().get(0);
      assertThrows(IllegalArgumentException.class, () -> reader.read(other));
    }
  }

  /** The message of the {@link WeightException} that something ends in; null if in none. */
  private static @Nullable String failure(Runnable reading) {
    try {
      reading.run();
      return null;
    } catch (WeightException e) {
      return e.getMessage();
    }
  }
}
