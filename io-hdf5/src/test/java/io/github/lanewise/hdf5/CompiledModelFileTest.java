package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.Adam;
import io.github.lanewise.train.AdamW;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.BaseOptimizer;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.CosineDecay;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.Metric;
import io.github.lanewise.train.Precision;
import io.github.lanewise.train.RMSprop;
import io.github.lanewise.train.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that were saved with their optimizers and go on. */
class CompiledModelFileTest {

  private static final int BATCH = 4;

  @TempDir Path directory;

  private static Model model() {
    Node input = Input.named("in", 5, 4, 2);
    Node x = new Conv2D(3, 3).name("conv").on(input);
    x = new BatchNormalization().name("norm").on(x);
    x = new Flatten().name("flat").on(x);
    x = new Dense(1).activation(Activation.SIGMOID).name("dense").on(x);
    return new Model("small", List.of(input), List.of(x));
  }

  private static CompiledModel compile(BaseOptimizer<?> optimizer) {
    return CompiledModel.compile(
        model(), optimizer, Loss.BINARY_CROSSENTROPY.labelSmoothing(0.1), new Accuracy());
  }

  private static void fit(CompiledModel model, int from, int to) {
    int n = BATCH * (to - from);
    SplittableRandom random = new SplittableRandom(3);
    for (int skipped = 0; skipped < from * BATCH * 41; skipped++) {
      random.nextDouble();
    }
    Tensor x = Tensor.zeros(n, 5, 4, 2);
    Tensor y = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 40; j++) {
        x.data()[i * 40 + j] = (float) (random.nextDouble() * 2 - 1);
      }
      y.data()[i] = random.nextDouble() < 0.5 ? 0 : 1;
    }
    model.fit(new ArrayDataset(x, y), new FitOptions().batchSize(BATCH).shuffle(false));
  }

  static Stream<Arguments> filesAndOptimizers() {
    List<Supplier<BaseOptimizer<?>>> optimizers =
        List.of(
            () -> new RMSprop(0.01),
            () -> new Adam(0.01),
            () -> new SGD(0.1),
            () -> new SGD(0.1, 0.9, true).clipnorm(0.5),
            () ->
                new AdamW(0.01)
                    .learningRate(new CosineDecay(0.01, 9, 0, 0.02, 2))
                    .gradientAccumulationSteps(2));
    return Stream.of("model.h5", "model.keras")
        .flatMap(file -> optimizers.stream().map(o -> Arguments.of(file, o)));
  }

  @ParameterizedTest
  @MethodSource("filesAndOptimizers")
  void aModelThatWasSavedAndLoadedTrainsOnBitForBit(
      String name, Supplier<BaseOptimizer<?>> optimizers) throws IOException {
    CompiledModel whole = compile(optimizers.get());
    fit(whole, 0, 6);
    CompiledModel half = compile(optimizers.get());
    fit(half, 0, 3);
    Path file = directory.resolve(name);
    KerasModel.save(half, file);
    CompiledModel read = KerasModel.loadCompiled(file);
    assertEquals(half.loss().serialize(), read.loss().serialize());
    assertEquals(List.of("accuracy"), read.metrics().stream().map(Metric::name).toList());
    Path again = directory.resolve("again-" + name);
    KerasModel.save(read, again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    fit(read, 3, 6);
    for (int i = 0; i < whole.model().parameters().size(); i++) {
      assertArrayEquals(
          whole.model().parameters().get(i).value().toArray(),
          read.model().parameters().get(i).value().toArray(),
          whole.model().parameters().get(i).name());
    }
  }

  @Test
  void theStateOfTheOptimizerMatters() throws IOException {
    CompiledModel whole = compile(new RMSprop(0.01));
    fit(whole, 0, 3);
    Path file = directory.resolve("model.h5");
    KerasModel.save(whole, file);
    CompiledModel forgetful =
        CompiledModel.compile(KerasModel.load(file), new RMSprop(0.01), whole.loss());
    fit(whole, 3, 6);
    fit(forgetful, 3, 6);
    float expected = whole.model().parameters().get(0).value().toArray()[0];
    float found = forgetful.model().parameters().get(0).value().toArray()[0];
    assertTrue(Math.abs(expected - found) > 1e-4, expected + " " + found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aModelThatWasNotTrainedYetIsReadAndTrained(String name) throws IOException {
    Path file = directory.resolve(name);
    CompiledModel fresh =
        CompiledModel.compile(model(), new Adam(0.01), Loss.MEAN_SQUARED_ERROR, new Precision(0.3));
    KerasModel.save(fresh, file);
    CompiledModel read = KerasModel.loadCompiled(file);
    assertEquals(fresh.metrics().get(0).serialize(), read.metrics().get(0).serialize());
    fit(fresh, 0, 2);
    fit(read, 0, 2);
    assertArrayEquals(
        fresh.model().parameters().get(0).value().toArray(),
        read.model().parameters().get(0).value().toArray());
  }

  @Test
  void datasetsHaveKerassNames() throws IOException {
    CompiledModel model = compile(new Adam(0.01));
    Path legacy = directory.resolve("model.h5");
    KerasModel.save(model, legacy);
    List<String> names = Hdf5Tensors.names(legacy);
    assertTrue(names.contains("optimizer_weights/iter:0"), names.toString());
    assertTrue(names.contains("optimizer_weights/Adam/conv/kernel/m:0"), names.toString());
    assertTrue(names.contains("optimizer_weights/Adam/norm/beta/v:0"), names.toString());
    // Two moments of conv's, norm's and dense's two trainable weights, the iterations, the rate.
    Hdf5Group root = new Hdf5Group();
    OptimizerWeights.putKeras3(root, model);
    Hdf5Group vars = root.group("optimizer/vars");
    assertEquals(13, vars.datasets().size());
    assertEquals(List.of("0"), List.copyOf(vars.integers().keySet()));
    assertEquals(vars.datasets().get("2").shape(), vars.datasets().get("3").shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aModelThatWasNotCompiledIsNoCompiledModel(String name) throws IOException {
    Path file = directory.resolve(name);
    KerasModel.save(model(), file);
    assertFails(file, "expected a model that was compiled");
  }

  @Test
  void stateOfOtherWeightsIsOneError() throws IOException {
    CompiledModel model = compile(new RMSprop(0.01));
    fit(model, 0, 1);
    Path file = directory.resolve("model.h5");
    Hdf5Group root = root(model);
    OptimizerWeights.putKeras2(root, compile(new Adam(0.01)));
    write(root, file);
    assertFails(file, "the optimizer's state does not fit: expected 6 values");
    root = root(model);
    root.group("optimizer_weights").integer("iter:0", 3);
    Tensor wrong = Tensor.zeros(2, 2);
    for (int i = 0; i < 6; i++) {
      root.group("optimizer_weights").dataset("w" + i, wrong);
    }
    root.group("optimizer_weights")
        .attribute("weight_names", List.of("iter:0", "w0", "w1", "w2", "w3", "w4", "w5"));
    write(root, file);
    assertFails(file, "velocity of conv/kernel: expected \\(3, 3, 2, 3\\), found \\(2, 2\\)");
    root = root(model);
    root.group("optimizer_weights").dataset("w", wrong);
    root.group("optimizer_weights").attribute("weight_names", List.of("w"));
    write(root, file);
    assertFails(file, "expected the number of its iterations first");
  }

  /** Keras 2.11 and newer keep the moments of one weight together, and call them otherwise. */
  @Test
  void theOrderOfNewerKerasVersionsIsUnderstood() throws IOException {
    CompiledModel model = compile(new Adam(0.01));
    Hdf5Group root = root(model);
    Hdf5Group state = root.group("optimizer_weights");
    state.integer("iteration:0", 5);
    state.dataset("learning_rate:0", Tensor.of(Shape.of(), 0.125f));
    List<String> names = new ArrayList<>(List.of("iteration:0", "learning_rate:0"));
    for (Parameter p : model.model().trainableParameters()) {
      for (String moment : List.of("m", "v")) {
        String name = "Adam/" + moment + "/" + names.size() + ":0";
        Tensor value = Tensor.zeros(p.shape().dims());
        value.data()[0] = names.size();
        state.dataset(name, value);
        names.add(name);
      }
    }
    state.attribute("weight_names", names);
    Path file = directory.resolve("model.h5");
    write(root, file);
    CompiledModel read = KerasModel.loadCompiled(file);
    Adam adam = (Adam) read.optimizer();
    assertEquals(5, adam.iterations());
    assertEquals(0.125f, adam.learningRate());
    for (int i = 0; i < read.model().trainableParameters().size(); i++) {
      Parameter parameter = read.model().trainableParameters().get(i);
      assertEquals(2 * i + 2, adam.slot("momentum", parameter).data()[0]);
      assertEquals(2 * i + 3, adam.slot("velocity", parameter).data()[0]);
    }
  }

  private static Hdf5Group root(CompiledModel model) {
    Hdf5Group root = new Hdf5Group();
    root.attribute("model_config", KerasModel.toJson(model.model()));
    root.attribute("training_config", KerasJson.write(TrainingConfig.ofKeras2(model)));
    KerasWeights.putWeights(
        root.group("model_weights"), model.model(), ModelConfigWriter.names(model.model()));
    return root;
  }

  private static void write(Hdf5Group root, Path file) throws IOException {
    AtomicFile.write(file, channel -> Hdf5Writer.write(root, channel));
  }

  @Test
  void whatIsNotSupportedIsNamed() throws IOException {
    CompiledModel model = compile(new RMSprop(0.01));
    Path file = directory.resolve("model.h5");
    for (String[] change :
        List.of(
            new String[] {"\"class_name\":\"RMSprop\"", "\"class_name\":\"Lion\"", "Lion"},
            new String[] {"\"centered\":false", "\"centered\":true", "RMSprop: centered"},
            new String[] {"\"loss_weights\":null", "\"loss_weights\":[2.0]", "loss_weights"},
            new String[] {"[\"accuracy\"]", "[[\"accuracy\",\"hinge\"]]", "hinge"},
            new String[] {"BinaryCrossentropy", "Hinge", "Hinge"})) {
      Hdf5Group root = root(model);
      String config = KerasJson.write(TrainingConfig.ofKeras2(model));
      assertTrue(config.contains(change[0]), config);
      root.attribute("training_config", config.replace(change[0], change[1]));
      write(root, file);
      assertFails(file, change[2]);
    }
  }

  @Test
  void aScheduleOfOnesOwnCanNotBeSavedAndLeavesNoFile() throws IOException {
    CompiledModel model = compile(new SGD(0).learningRate(step -> 0.1));
    assertThrows(
        ConfigException.class, () -> KerasModel.save(model, directory.resolve("model.keras")));
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  private static void assertFails(Path file, String message) {
    WeightException e = assertThrows(WeightException.class, () -> KerasModel.loadCompiled(file));
    String found = String.valueOf(e.getMessage());
    assertTrue(found.startsWith(file + ": "), found);
    assertTrue(found.matches("(?s).*" + message + ".*"), found);
  }
}
