package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitErrorsTest {

  private final Model model = Tasks.convNet();
  private final CompiledModel compiled =
      CompiledModel.compile(model, new SGD(0.1), Loss.SPARSE_CATEGORICAL_CROSSENTROPY);

  private <T extends Exception> String refusal(Class<T> type, Dataset data) {
    List<float[]> before = Tasks.weights(model);
    T e = assertThrows(type, () -> compiled.fit(data, new FitOptions().batchSize(4)));
    assertArrayEquals(before.toArray(), Tasks.weights(model).toArray());
    return String.valueOf(e.getMessage());
  }

  private static ArrayDataset zeros(Shape x, Shape y) {
    return new ArrayDataset(Tensor.zeros(x), Tensor.zeros(y));
  }

  @Test
  void aModelWithoutTrainableWeightsIsRefused() {
    model.setTrainable(false);
    assertEquals(
        "fit: expected trainable weights, found none",
        refusal(IllegalArgumentException.class, Tasks.shapes(4, 1)));
  }

  @Test
  void anEmptyDatasetIsRefused() {
    Dataset empty = zeros(Shape.of(0, Tasks.SIDE, Tasks.SIDE, 1), Shape.of(0, 1));
    String expected = "expected samples, found none";
    assertEquals(expected, refusal(IllegalArgumentException.class, empty));
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> compiled.evaluate(empty, 4))
            .getMessage());
  }

  @Test
  void aDatasetOfWhichNothingCanBeReadIsRefused() {
    Dataset unreadable = new Numbered(Tasks.shapes(3, 1)).unreadable(0, 1, 2);
    String expected = "expected samples, found none that can be read";
    assertEquals(expected, refusal(IllegalArgumentException.class, unreadable));
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> compiled.evaluate(unreadable, 4))
            .getMessage());
    Tasks.freeze(model, "conv_a", "bn_a");
    assertEquals(expected, refusal(IllegalArgumentException.class, unreadable));
  }

  @Test
  void samplesOfAnotherShapeAreRefused() {
    String expected = "expected samples of (12, 12, 1), found (12, 12, 3)";
    Dataset coloured = zeros(Shape.of(4, 12, 12, 3), Shape.of(4, 1));
    assertEquals(expected, refusal(ShapeException.class, coloured));
    Tasks.freeze(model, "conv_a", "bn_a");
    assertEquals(expected, refusal(ShapeException.class, coloured));
  }

  @Test
  void featuresOfAnotherTrunkAreRefused() {
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
    try (FeatureCache features =
        FrozenTrunk.of(model)
            .features(
                Tasks.shapes(4, 1), 4, Long.MAX_VALUE, Compute.standard(), (done, all) -> {})) {
      model.layer("conv_b").layer().setTrainable(true);
      assertEquals(
          "expected samples of (200,), found (72,)", refusal(ShapeException.class, features));
    }
  }

  @Test
  void severalTargetsOfOneClassAreRefusedByTheSparseLoss() {
    String message = refusal(ShapeException.class, zeros(Shape.of(4, 12, 12, 1), Shape.of(4, 2)));
    assertEquals(
        "SparseCategoricalCrossentropy: expected one target a sample of (None, 2), found (None, 2)",
        message);
  }

  @Test
  void aTargetThatIsNoClassIsRefused() {
    Tensor y = Tensor.full(Shape.of(4, 1), 2);
    Dataset data = new ArrayDataset(Tensor.zeros(4, 12, 12, 1), y);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> compiled.evaluate(data, 4))
            .getMessage()
            .endsWith("expected targets of whole numbers below 2, found 2.0"));
  }

  @Test
  void targetsOfAnotherShapeAreRefusedByTheLossesName() {
    for (Loss loss :
        List.of(Loss.BINARY_CROSSENTROPY, Loss.CATEGORICAL_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR)) {
      CompiledModel other = CompiledModel.compile(model, new SGD(0.1), loss);
      ShapeException e =
          assertThrows(ShapeException.class, () -> other.fit(Tasks.shapes(4, 1), new FitOptions()));
      assertEquals(
          loss.kerasName() + ": expected targets of (None, 2), found (None, 1)", e.getMessage());
    }
  }

  @Test
  void validationDataThatDoesNotFitIsRefusedBeforeTheFirstStep() {
    Dataset coloured = zeros(Shape.of(4, 12, 12, 3), Shape.of(4, 1));
    List<float[]> before = Tasks.weights(model);
    FitOptions options = new FitOptions().validationData(coloured);
    assertThrows(ShapeException.class, () -> compiled.fit(Tasks.shapes(4, 1), options));
    assertArrayEquals(before.toArray(), Tasks.weights(model).toArray());
  }

  @Test
  void targetsThatDoNotFitAreRefusedBeforeTheTrunkHasRun() {
    Tasks.freeze(model, "conv_a", "bn_a");
    Numbered data = new Numbered(zeros(Shape.of(4, 12, 12, 1), Shape.of(4, 3)));
    refusal(ShapeException.class, data);
    FitOptions options = new FitOptions().validationData(data);
    assertThrows(ShapeException.class, () -> compiled.fit(Tasks.shapes(4, 1), options));
    assertThrows(ShapeException.class, () -> compiled.evaluate(data, 4));
    assertEquals(0, data.reads.get());
  }

  @Test
  void validationDataThatDoesNotFitIsRefusedBeforeTheTrunkHasRun() {
    Tasks.freeze(model, "conv_a", "bn_a");
    Numbered data = new Numbered(Tasks.shapes(4, 1));
    Dataset coloured = zeros(Shape.of(4, 12, 12, 3), Shape.of(4, 1));
    Dataset empty = zeros(Shape.of(0, 12, 12, 1), Shape.of(0, 1));
    assertThrows(
        ShapeException.class, () -> compiled.fit(data, new FitOptions().validationData(coloured)));
    assertThrows(
        IllegalArgumentException.class,
        () -> compiled.fit(data, new FitOptions().validationData(empty)));
    assertEquals(0, data.reads.get());
  }

  @Test
  void aCallbackThatCanNotBeginIsMetBeforeTheTrunkHasRun(@TempDir Path directory) {
    Tasks.freeze(model, "conv_a", "bn_a");
    Numbered data = new Numbered(Tasks.shapes(4, 1));
    CSVLogger log = new CSVLogger(directory.resolve("missing").resolve("log.csv"));
    assertThrows(
        UncheckedIOException.class, () -> compiled.fit(data, new FitOptions().callbacks(log)));
    assertEquals(0, data.reads.get());
  }

  @Test
  void featuresOfSamplesOfAnotherShapeAreRefused() {
    Tasks.freeze(model, "conv_a", "bn_a");
    Dataset coloured = zeros(Shape.of(4, 12, 12, 3), Shape.of(4, 1));
    FrozenTrunk trunk = FrozenTrunk.of(model);
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> trunk.features(coloured, 4, 0, Compute.standard(), (done, all) -> {}));
    assertEquals("expected samples of (12, 12, 1), found (12, 12, 3)", e.getMessage());
    assertEquals(0, FeatureFiles.count());
  }

  @Test
  void twoMetricsOfOneNameAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CompiledModel.compile(
                    model,
                    new SGD(0.1),
                    Loss.BINARY_CROSSENTROPY,
                    new Recall(),
                    new AUC(),
                    new Recall(0.9)));
    assertEquals("metrics: two figures of the name recall", e.getMessage());
  }

  @Test
  void whatTheDatasetThrowsReachesTheCallerOfFit() {
    Dataset broken = new Failing(Tasks.shapes(8, 1), 2);
    assertEquals("sample 2 is broken", refusal(IllegalStateException.class, broken));
    Tasks.freeze(model, "conv_a", "bn_a");
    assertEquals("sample 2 is broken", refusal(IllegalStateException.class, broken));
  }

  @Test
  void aModelOfSeveralInputsCanNotBeCompiled() {
    Node a = Input.named("a", 2);
    Node b = Input.named("b", 2);
    Node y = new Dense(1).on(new Concatenate().on(a, b));
    Model two = new Model("two", List.of(a, b), List.of(y));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> CompiledModel.compile(two, new SGD(0.1), Loss.MEAN_SQUARED_ERROR));
    assertEquals("Model 'two' has 2 inputs", e.getMessage());
  }

  @Test
  void optionsOutOfTheirRangeAreRefused() {
    FitOptions options = new FitOptions();
    assertEquals(
        "epochs: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> options.epochs(0)).getMessage());
    assertEquals(
        "batch_size: expected at least 1, found -1",
        assertThrows(IllegalArgumentException.class, () -> options.batchSize(-1)).getMessage());
    assertEquals(
        "cache_bytes: expected at least 0, found -1",
        assertThrows(IllegalArgumentException.class, () -> options.cacheBytes(-1)).getMessage());
  }
}
