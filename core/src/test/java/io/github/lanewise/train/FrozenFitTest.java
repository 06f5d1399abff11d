package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrozenFitTest {

  private static final int N = 40;
  private static final int EPOCHS = 3;
  private static final ArrayDataset DATA = Tasks.shapes(N, 1);

  private static Model frozenConvNet() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
    return model;
  }

  private static CompiledModel compile(Model model) {
    boolean binary = model.output().shape().dim(-1) == 1;
    Loss loss = binary ? Loss.BINARY_CROSSENTROPY : Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
    return CompiledModel.compile(model, new RMSprop(0.01), loss, new Accuracy());
  }

  private static FitOptions options() {
    return new FitOptions().epochs(EPOCHS).batchSize(8).seed(5);
  }

  /** The weights after a fit of a new model. */
  private static Object[] fitted(Supplier<Model> models, Dataset data, FitOptions options) {
    Model model = models.get();
    compile(model).fit(data, options);
    return Tasks.weights(model).toArray();
  }

  private static void assertTheSameHoweverTheTrunkIsRun(Supplier<Model> models) {
    Object[] expected = fitted(models, DATA, options());
    assertFalse(Arrays.deepEquals(Tasks.weights(models.get()).toArray(), expected));
    assertArrayEquals(expected, fitted(models, new Numbered(DATA).notDeterministic(), options()));
    assertArrayEquals(expected, fitted(models, DATA, options().cacheBytes(1)));
    Model model = models.get();
    FrozenTrunk trunk = FrozenTrunk.of(model);
    Compute compute = Compute.standard();
    for (long cacheBytes : new long[] {0, Long.MAX_VALUE}) {
      try (FeatureCache features = trunk.features(DATA, 8, cacheBytes, compute, (n, all) -> {})) {
        assertArrayEquals(expected, fitted(models, features, options()));
      }
    }
  }

  @Test
  void theWeightsAreTheSameHoweverTheTrunkIsRun() {
    assertTheSameHoweverTheTrunkIsRun(FrozenFitTest::frozenConvNet);
  }

  @Test
  void theyAreForABoundaryOfSeveralNodesToo() {
    assertTheSameHoweverTheTrunkIsRun(FrozenTrunkTest::branches);
  }

  @Test
  void theTrunkGivesTheWeightsThatTheWholeModelGives() {
    Model model = frozenConvNet();
    Object[] withTrunk = fitted(FrozenFitTest::frozenConvNet, DATA, options().shuffle(false));
    Optimizer optimizer = new RMSprop(0.01);
    Compute compute = Compute.standard();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      try (Batches batches = Batches.inOrder(DATA, 8, 1)) {
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
          Tape tape = new Tape(compute);
          Map<Node, Tensor> feeds = Map.of(model.input(), batch.x());
          Tensor y = model.forward(tape, feeds, List.of(model.output()), true).get(0);
          Tensor loss = Loss.SPARSE_CATEGORICAL_CROSSENTROPY.of(tape, y, batch.y());
          optimizer.step(compute, model.trainableParameters(), tape.gradients(loss));
        }
      }
    }
    List<float[]> whole = Tasks.weights(model);
    for (int i = 0; i < whole.size(); i++) {
      assertArrayEquals(whole.get(i), (float[]) withTrunk[i], 1e-3f);
    }
  }

  @Test
  void theInputMayBePartOfTheBoundary() {
    Node input = Input.of(2);
    Node frozen = new Dense(4).activation(Activation.RELU).name("frozen").on(input);
    Node skip = new Dense(2).kernelInitializer(new GlorotUniform(1)).name("skip").on(input);
    Node both = new Concatenate().on(skip, frozen);
    Model model = new Model(input, new Dense(1).activation(Activation.SIGMOID).on(both));
    Tasks.freeze(model, "frozen");
    assertEquals(Set.of(input, frozen), Set.copyOf(FrozenTrunk.of(model).boundary()));
    List<float[]> before = Tasks.weights(model, "frozen");
    History history = compile(model).fit(Tasks.halfPlanes(100, 1), options().epochs(20));
    assertTrue(history.last("accuracy") > 0.9, history.get("accuracy").toString());
    assertArrayEquals(before.toArray(), Tasks.weights(model, "frozen").toArray());
  }

  @Test
  void aDatasetThatIsTheSameEachTimeIsReadOnce() {
    Numbered data = new Numbered(DATA);
    Numbered validation = new Numbered(Tasks.shapes(10, 2));
    compile(frozenConvNet()).fit(data, options().validationData(validation));
    assertEquals(N, data.reads.get());
    assertEquals(10, validation.reads.get());
  }

  @Test
  void itIsReadOnceWhereNothingMayStayInMemoryToo() {
    Numbered data = new Numbered(DATA);
    compile(frozenConvNet()).fit(data, options().cacheBytes(0));
    assertEquals(N, data.reads.get());
  }

  /** The number of feature files in each epoch of a fit with validation. */
  private static List<Integer> files(long cacheBytes) {
    List<Integer> counts = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void onEpochBegin(CompiledModel m, int epoch) {
            counts.add(FeatureFiles.count());
          }
        };
    FitOptions options = options().epochs(1).cacheBytes(cacheBytes);
    options.validationData(Tasks.shapes(10, 2)).callbacks(counting);
    compile(frozenConvNet()).fit(DATA, options);
    return counts;
  }

  @Test
  void validationHasTheMemoryThatTrainingLeaves() {
    long row = FrozenTrunk.of(frozenConvNet()).rowSize() * (long) Float.BYTES;
    assertEquals(List.of(0), files((N + 10) * row));
    assertEquals(List.of(1), files((N + 10) * row - 1));
    assertEquals(List.of(1), files(N * row));
    assertEquals(List.of(1), files(N * row - 1));
    assertEquals(List.of(2), files(10 * row - 1));
    assertEquals(0, FeatureFiles.count());
  }

  @Test
  void aFitThatFailsLeavesNoFile() {
    Callback failing =
        new Callback() {
          @Override
          public void onEpochEnd(CompiledModel m, int epoch, Map<String, Double> logs) {
            throw new IllegalStateException("no more");
          }
        };
    FitOptions options = options().cacheBytes(0).callbacks(failing);
    CompiledModel compiled = compile(frozenConvNet());
    assertThrows(IllegalStateException.class, () -> compiled.fit(DATA, options));
    assertEquals(0, FeatureFiles.count());
  }

  @Test
  void callbacksAreToldHowFarTheTrunkIs() {
    List<String> told = new ArrayList<>();
    Callback teller =
        new Callback() {
          @Override
          public void onTrainBegin(CompiledModel m) {
            told.add("begin");
          }

          @Override
          public void onFeatures(CompiledModel m, int done, int total) {
            told.add(done + "/" + total);
          }

          @Override
          public void onEpochBegin(CompiledModel m, int epoch) {
            told.add("epoch");
          }
        };
    FitOptions options = options().batchSize(32).epochs(1).callbacks(teller);
    compile(frozenConvNet()).fit(DATA, options.validationData(Tasks.shapes(10, 2)));
    assertEquals(List.of("begin", "32/40", "40/40", "10/10", "epoch"), told);
  }

  @Test
  void aDatasetThatIsNotIsReadEachEpoch() {
    Numbered data = new Numbered(DATA).notDeterministic();
    compile(frozenConvNet()).fit(data, options());
    assertEquals(N * EPOCHS, data.reads.get());
  }

  @Test
  void frozenLayersKeepAllBitsAndTheHeadLearns() {
    Model model = frozenConvNet();
    model
        .layer("bn_a")
        .layer()
        .parameters()
        .get(2)
        .assign(new float[] {.01f, .02f, 0, -.01f, .03f, 0, 0, .01f});
    List<float[]> head = Tasks.weights(model, "head");
    for (Dataset data : List.of(DATA, new Numbered(DATA).notDeterministic())) {
      for (String layer : List.of("conv_a", "bn_a", "conv_b")) {
        List<float[]> before = Tasks.weights(model, layer);
        compile(model).fit(data, options().epochs(1));
        assertArrayEquals(before.toArray(), Tasks.weights(model, layer).toArray(), layer);
      }
    }
    assertFalse(Arrays.equals(head.get(0), Tasks.weights(model, "head").get(0)));
  }

  @Test
  void aFrozenBatchNormalizationAboveWhatLearnsKeepsItsMovingAverages() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "bn_a");
    List<float[]> before = Tasks.weights(model, "bn_a");
    List<float[]> conv = Tasks.weights(model, "conv_a");
    compile(model).fit(DATA, options());
    assertArrayEquals(before.toArray(), Tasks.weights(model, "bn_a").toArray());
    assertFalse(Arrays.equals(conv.get(0), Tasks.weights(model, "conv_a").get(0)));
  }

  @Test
  void aTrainableBatchNormalizationMovesItsAverages() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "conv_a", "conv_b");
    List<float[]> before = Tasks.weights(model, "bn_a");
    compile(model).fit(DATA, options());
    List<float[]> after = Tasks.weights(model, "bn_a");
    for (int i = 0; i < before.size(); i++) {
      assertFalse(Arrays.equals(before.get(i), after.get(i)), "weight " + i);
    }
  }

  @Test
  void aWhollyFrozenModelIsEvaluatedAsBefore() {
    Model model = Tasks.convNet();
    CompiledModel compiled = compile(model);
    Map<String, Double> before = compiled.evaluate(DATA, 8);
    model.setTrainable(false);
    Map<String, Double> after = compiled.evaluate(DATA, 8);
    assertEquals(before.getOrDefault("loss", 0.0), after.getOrDefault("loss", 1.0), 1e-4);
    assertEquals(before.get("accuracy"), after.get("accuracy"));
  }

  @Test
  @Timeout(60)
  void featuresInAFileOutliveATrainingThatWasStopped() {
    Model model = frozenConvNet();
    FrozenTrunk trunk = FrozenTrunk.of(model);
    Callback stop =
        new Callback() {
          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            m.stopTraining();
          }
        };
    try (FeatureCache features = trunk.features(DATA, 8, 0, Compute.standard(), (n, all) -> {})) {
      assertEquals(Shape.of(trunk.rowSize()), features.sampleShape());
      for (int i = 0; i < 30; i++) {
        compile(model).fit(features, options().batchSize(2).callbacks(stop));
      }
      assertEquals(EPOCHS, compile(model).fit(features, options()).epochs());
    }
  }
}
