package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DatasetViewsTest {

  /** The first numbers of the samples that can be read, each with ten times as much as target. */
  private static List<Integer> numbers(Dataset data) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      float[] x = {-1, -1};
      float[] y = {-1, -1};
      if (data.read(i, x, 1, y, 1)) {
        numbers.add((int) x[1]);
        assertArrayEquals(new float[] {-1, 10 * x[1]}, y);
      }
      assertEquals(-1, x[0]);
    }
    return numbers;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void takeAndSkipPartTheSamplesInOrder() {
    Dataset data = Numbered.upTo(7);
    assertEquals(range(0, 3), numbers(data.take(3)));
    assertEquals(range(3, 7), numbers(data.skip(3)));
    assertEquals(range(2, 4), numbers(data.skip(2).take(2)));
    assertEquals(range(0, 7), numbers(data.take(99)));
    assertEquals(List.of(), numbers(data.skip(99)));
    assertRefused("take: expected at least 0, found -1", () -> data.take(-1));
    assertRefused("skip: expected at least 0, found -2", () -> data.skip(-2));
  }

  @Test
  void theOrderOfAShuffleDependsOnTheSeedAlone() {
    Dataset data = Numbered.upTo(40);
    List<Integer> once = numbers(data.shuffle(3));
    assertEquals(once, numbers(data.shuffle(3)));
    assertNotEquals(once, numbers(data.shuffle(4)));
    assertNotEquals(range(0, 40), once);
    assertEquals(range(0, 40), once.stream().sorted().toList());
  }

  @Test
  void aSplitValidatesOnTheLastSamplesAsKerasDoes() {
    Split split = Numbered.upTo(11).split(0.25);
    // floor(11 * 0.75) = 8
    assertEquals(range(0, 8), numbers(split.training()));
    assertEquals(range(8, 11), numbers(split.validation()));
  }

  @Test
  void aSplitWithoutTwoPartsIsRefused() {
    Dataset one = Numbered.upTo(1);
    assertRefused(
        "split: expected enough samples for two parts, found 1 for the fraction 0.5",
        () -> one.split(0.5));
    assertRefused("split: expected a fraction above 0 and below 1, found 1.0", () -> one.split(1));
    assertRefused(
        "split: expected a fraction above 0 and below 1, found NaN", () -> one.split(Double.NaN));
  }

  @Test
  void aMapMayChangeShapes() {
    Dataset mapped =
        Numbered.upTo(3)
            .map(
                Shape.of(2),
                Shape.of(),
                s -> new Sample(Tensor.of(Shape.of(2), s.x().item(), 5), Tensor.scalar(7)));
    assertEquals(Shape.of(2), mapped.sampleShape());
    assertEquals(Shape.of(), mapped.targetShape());
    float[] x = {-1, -1, -1, -1};
    float[] y = {-1, -1, -1};
    assertTrue(mapped.read(2, x, 1, y, 1));
    assertArrayEquals(new float[] {-1, 2, 5, -1}, x);
    assertArrayEquals(new float[] {-1, 7, -1}, y);
  }

  @Test
  void aMapSeesWhatCanBeReadAndLeavesItsSourceAlone() {
    Tensor x = Tensor.of(Shape.of(2, 1), 1, 2);
    Dataset data = new Numbered(new ArrayDataset(x, Tensor.zeros(2, 1))).unreadable(1);
    Dataset mapped =
        data.map(
            s -> {
              s.x().data()[0] += 40;
              return new Sample(s.x(), Tensor.full(Shape.of(1), 10 * s.x().data()[0]));
            });
    assertEquals(List.of(41), numbers(mapped));
    assertEquals(List.of(41), numbers(mapped));
  }

  @Test
  void aMapThatGivesAnotherShapeThanItSaidIsRefused() {
    Dataset mapped = Numbered.upTo(1).map(s -> new Sample(Tensor.zeros(2), s.y()));
    ShapeException e =
        assertThrows(ShapeException.class, () -> mapped.read(0, new float[9], 0, new float[9], 0));
    assertEquals("map: expected a sample of (1,), found (2,)", e.getMessage());
  }

  @Test
  void aCacheReadsEachSampleOnceAndKeepsWhatFits() {
    Numbered all = Numbered.upTo(6).unreadable(2);
    Dataset cached = all.cache(5 * 2 * Float.BYTES);
    Numbered some = Numbered.upTo(6);
    Dataset three = some.cache(3 * 2 * Float.BYTES);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertEquals(List.of(0, 1, 3, 4, 5), numbers(cached));
      assertEquals(range(0, 6), numbers(three));
    }
    assertEquals(6 + 2, all.reads.get(), "the unreadable one is asked for again");
    assertEquals(6 + 2 * 3, some.reads.get(), "three fit");
  }

  @Test
  void aCacheOfSamplesThatChangeIsRefused() {
    Dataset changing = Numbered.upTo(2).notDeterministic();
    assertRefused(
        "cache: expected samples that are the same each time, found others each time",
        () -> changing.cache(100));
    assertRefused("cache: expected at least 0 bytes, found -1", () -> Numbered.upTo(2).cache(-1));
  }

  @Test
  void viewsPassOnWhetherSamplesChangeAndWhereTrainingGoesOn() {
    List<Integer> skipped = new ArrayList<>();
    Dataset data =
        new DatasetView(Numbered.upTo(9).notDeterministic()) {
          @Override
          public void skipTo(int epoch) {
            skipped.add(epoch);
          }
        };
    Dataset view = data.prefetch(7).shuffle(1).take(4).map(s -> s);
    assertFalse(view.deterministic());
    assertEquals(7, view.batchesAhead());
    view.skipTo(5);
    assertEquals(List.of(5), skipped);
    assertTrue(Numbered.upTo(9).take(3).deterministic());
  }

  @Test
  void aValidationSplitTrainsAndValidatesAsItsPartsDo() {
    Dataset all = Tasks.halfPlanes(20, 1);
    FitOptions split = new FitOptions().epochs(2).batchSize(5).validationSplit(0.3);
    History history = fit(all, split);
    FitOptions parts = new FitOptions().epochs(2).batchSize(5).validationData(all.skip(14));
    History expected = fit(all.take(14), parts);
    for (String figure : List.of("loss", "accuracy", "val_loss", "val_accuracy")) {
      assertEquals(expected.get(figure), history.get(figure), figure);
    }
    assertRefused(
        "validation_split: expected at least 0 and below 1, found 1.0",
        () -> new FitOptions().validationSplit(1));
  }

  private static History fit(Dataset data, FitOptions options) {
    Model model = Tasks.logistic();
    model.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
    return CompiledModel.compile(model, new SGD(0.5), Loss.BINARY_CROSSENTROPY, new Accuracy())
        .fit(data, options);
  }

  @Test
  void featuresCanBeSplitToo() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
    CompiledModel compiled =
        CompiledModel.compile(model, new SGD(0.1), Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
    Dataset shapes = Tasks.shapes(12, 1);
    Map<String, Double> expected = compiled.evaluate(shapes.skip(6), 3);
    try (FeatureCache features =
        FrozenTrunk.of(model).features(shapes, 4, 1 << 20, Compute.threads(1), (d, t) -> {})) {
      assertEquals(expected, compiled.evaluate(features.skip(6), 3));
      FitOptions options = new FitOptions().batchSize(3).validationSplit(0.5);
      assertTrue(compiled.fit(features, options).names().contains("val_loss"));
    }
  }
}
