package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv1D;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.CustomScaleLayer;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling1D;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.MaxPooling1D;
import io.github.lanewise.nn.Multiply;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Ones;
import io.github.lanewise.nn.PReLU;
import io.github.lanewise.nn.SeparableConv1D;
import io.github.lanewise.nn.SeparableConv2D;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasModelTest {

  @TempDir Path directory;

  /** Two inputs, a layer that is called twice, a frozen one, weights of all kinds. */
  private static Model branched() {
    Node a = Input.named("left", 6, 5, 3);
    Node b = Input.named("right", 6, 5, 3);
    Conv2D shared = new Conv2D(4, 3).activation(Activation.SILU).name("shared");
    Node x = new Concatenate().name("join").on(shared.on(a), shared.on(b));
    x = new BatchNormalization().epsilon(0.01).name("norm").on(x);
    x = new SeparableConv2D(8, 2, 2).name("separable").on(x);
    Node gate = new GlobalAveragePooling2D().keepdims(true).name("pool").on(x);
    gate = new Conv2D(8, 1).activation(Activation.SIGMOID).name("gate").on(gate);
    x = new Multiply().name("scale").on(x, gate);
    x = new GlobalAveragePooling2D().name("average").on(x);
    Node y = new Dense(2).activation(Activation.SOFTMAX).name("classes").on(x);
    Model model = new Model("branched", List.of(a, b), List.of(y));
    model.layer("norm").setTrainable(false);
    SplittableRandom random = new SplittableRandom(7);
    model
        .parameters()
        .forEach(
            p -> {
              float[] values = new float[p.shape().size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0.1, 0.6);
              }
              p.assign(values);
            });
    return model;
  }

  private static Tensor drawn(long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(dims);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aModelThatWasWrittenIsReadWithTheSameLayersOutputsAndBytes(String name) throws IOException {
    Model model = branched();
    Path file = directory.resolve(name);
    KerasModel.save(model, file);
    Model read = KerasModel.load(file);
    assertEquals("branched", read.name());
    assertEquals(names(model), names(read));
    assertFalse(read.layer("norm").layer().trainable());
    Tensor a = drawn(1, 2, 6, 5, 3);
    Tensor b = drawn(2, 2, 6, 5, 3);
    assertArrayEquals(model.forward(a, b).toArray(), read.forward(a, b).toArray());
    Path again = directory.resolve("again-" + name);
    KerasModel.save(read, again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    try (var files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aModelOfSequencesIsReadAsItWasWritten(String name) throws IOException {
    Node input = Input.named("in", 9, 3);
    Node x = new Conv1D(4, 3).causal().activation(Activation.MISH).name("causal").on(input);
    x = new PReLU().sharedAxes(1).alphaInitializer(new Ones()).name("slope").on(x);
    x = new SeparableConv1D(5, 2).name("separable").on(new MaxPooling1D(2).name("max").on(x));
    x = new GlobalAveragePooling1D().name("average").on(x);
    Model model = new Model("sequences", List.of(input), List.of(x));
    Path file = directory.resolve(name);
    KerasModel.save(model, file);
    Model read = KerasModel.load(file);
    Tensor sample = drawn(3, 2, 9, 3);
    assertArrayEquals(model.forward(sample).toArray(), read.forward(sample).toArray());
    assertEquals(KerasModel.toJson(model), KerasModel.toJson(read));
  }

  @Test
  void aLayerOfKerassApplicationsNamesItsModule() throws IOException {
    Node x = Input.of(2);
    Model model = new Model(x, new CustomScaleLayer(0.25).on(x, new Dense(2).on(x)));
    Path file = directory.resolve("scaled.keras");
    KerasModel.save(model, file);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      String config = Files.readString(zip.getPath("config.json"));
      assertTrue(
          config.contains(
              "\"module\":\"keras.src.applications.inception_resnet_v2\","
                  + "\"class_name\":\"CustomScaleLayer\""),
          config);
      assertTrue(config.contains("\"module\":\"keras.layers\",\"class_name\":\"Dense\""), config);
    }
    Tensor one = Tensor.of(Shape.of(1, 2), 1, -2);
    assertArrayEquals(model.forward(one).toArray(), KerasModel.load(file).forward(one).toArray());
  }

  @Test
  void weightsInKeras3sLayoutAreReadIntoAModelOfTheSameClasses() throws IOException {
    Model model = branched();
    Path file = directory.resolve("model.weights.h5");
    KerasWeights.saveKeras3(model, file);
    assertTrue(Hdf5Tensors.names(file).contains("layers/conv2d_1/vars/0"));
    Model other = KerasModel.fromJson(KerasModel.toJson(model), LayerTypes.standard());
    other.loadWeights(KerasWeights.byName(file).strict());
    for (int i = 0; i < model.parameters().size(); i++) {
      assertArrayEquals(
          model.parameters().get(i).value().toArray(), other.parameters().get(i).value().toArray());
    }
  }

  private static List<String> names(Model model) {
    return model.layers().stream().map(Layer::name).toList();
  }

  @Test
  void aConfigurationOfMoreThan64KilobytesIsWrittenAndRead() throws IOException {
    Model model = InceptionV3.notop(75, 75);
    assertTrue(KerasModel.toJson(model).length() > 1 << 16);
    Path file = directory.resolve("inception.h5");
    KerasModel.save(model, file);
    Model read = KerasModel.load(file);
    assertEquals(names(model), names(read));
  }

  /** The configuration and the weights are TensorFlow.js's, as are the predictions. */
  @Test
  void aModelThatTensorFlowWroteGivesItsPredictions() {
    Path golden = RealData.directory().resolve("golden/tiny_mixed_training.h5");
    String config = KerasWeights.attributes(golden).get("model_config");
    assertTrue(config != null && config.contains("class_name"));
    Model model = KerasModel.fromJson(config, LayerTypes.standard());
    model.loadWeights(KerasWeights.byName(golden.resolveSibling("tiny_mixed_initial.h5")).strict());
    Tensor all = Hdf5Tensors.read(golden, "x");
    Tensor x = all.rows(0, 1).reshape(all.shape().withoutBatch());
    float[] expected = Hdf5Tensors.read(golden, "predictions_before").toArray();
    assertArrayEquals(expected, model.forward(x).toArray(), 1e-5f);
    assertArrayEquals(
        expected, InferencePlan.compile(model).session(6).predict(x).toArray(), 1e-5f);
  }

  @Test
  void weightsAloneAreNoModelAndAnHdf5FileOfAnotherKindNeither() throws IOException {
    Path weights = directory.resolve("weights.h5");
    KerasWeights.save(branched(), weights);
    assertFails(weights, "expected a whole model, found weights alone.*KerasWeights");
    Path other = directory.resolve("other.h5");
    Hdf5Tensors.write(other, Map.of("x", Tensor.zeros(2)));
    assertFails(other, "expected a Keras model, found an HDF5 file without .* model_config");
    Path text = directory.resolve("text.keras");
    Files.writeString(text, "hello");
    assertFails(text, "expected an HDF5 file, found another kind of file");
    assertFails(directory.resolve("missing.h5"), "no such file");
  }

  @Test
  void anArchiveThatIsCutOffIsOneError() throws IOException {
    Path file = directory.resolve("model.keras");
    KerasModel.save(branched(), file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 4; length < bytes.length; length += 997) {
      Path cut = directory.resolve("cut.keras");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertFails(cut, "damaged zip: .*");
    }
  }

  @Test
  void weightsOfAnotherShapeThanTheConfigurationSaysAreOneError() throws IOException {
    Path file = directory.resolve("model.h5");
    Hdf5Group root = new Hdf5Group();
    root.attribute("model_config", KerasModel.toJson(branched()));
    Node x = Input.named("left", 6, 5, 3);
    Node y = new Conv2D(5, 3).name("shared").on(x);
    Model other = new Model(x, y);
    KerasWeights.putWeights(root.group("model_weights"), other, ModelConfigWriter.names(other));
    AtomicFile.write(file, channel -> Hdf5Writer.write(root, channel));
    assertFails(file, "(?s)the weights do not fit the model's configuration.*shared.*kernel.*");
  }

  private static void assertFails(Path file, String message) {
    WeightException e = assertThrows(WeightException.class, () -> KerasModel.load(file));
    String found = String.valueOf(e.getMessage());
    assertTrue(found.startsWith(file + ": "), found);
    assertTrue(found.substring((file + ": ").length()).matches(message + ".*"), found);
  }
}
