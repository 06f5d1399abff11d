package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IterableDatasetTest {

  private static Sample sample(int number) {
    return new Sample(Tensor.of(Shape.of(1), number), Tensor.of(Shape.of(1), 10 * number));
  }

  private static Stream<Sample> samples(int from, int to) {
    return IntStream.range(from, to).mapToObj(IterableDatasetTest::sample);
  }

  private static Iterator<Sample> endless() {
    return Stream.iterate(0, i -> i + 1).map(IterableDatasetTest::sample).iterator();
  }

  private static List<Integer> pass(Dataset data) {
    List<Integer> numbers = new ArrayList<>();
    try (Batches batches = Batches.inOrder(data, 3, 4)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        for (int i = 0; i < batch.size(); i++) {
          numbers.add((int) batch.x().get(i, 0));
          assertEquals(10 * batch.x().get(i, 0), batch.y().get(i, 0));
        }
      }
    }
    return numbers;
  }

  @Test
  void anIterableIsTheSameInEachPass() {
    IterableDataset data = IterableDataset.of(() -> samples(0, 5).iterator());
    assertEquals(5, data.size());
    assertEquals(Shape.of(1), data.sampleShape());
    assertEquals(Shape.of(1), data.targetShape());
    assertTrue(data.deterministic());
    assertEquals(List.of(0, 1, 2, 3, 4), pass(data));
    assertEquals(List.of(0, 1, 2, 3, 4), pass(data));
  }

  @Test
  void anIteratorGoesOnFromPassToPass() {
    IterableDataset data = IterableDataset.of(endless(), 4);
    assertFalse(data.deterministic());
    assertEquals(List.of(0, 1, 2, 3), pass(data));
    assertEquals(List.of(4, 5, 6, 7), pass(data));
  }

  @Test
  void eachPartOfASplitHasItsSamplesOfEachPass() {
    Split split = IterableDataset.of(endless(), 4).split(0.25);
    assertEquals(List.of(0, 1, 2), pass(split.training()));
    assertEquals(List.of(3), pass(split.validation()));
    assertEquals(List.of(4, 5, 6), pass(split.training()));
    assertEquals(List.of(8, 9, 10), pass(split.training()), "without validation between");
    assertEquals(List.of(11), pass(split.validation()));
  }

  @Test
  void trainingThatGoesOnSkipsTheSamplesOfTheEpochsBefore() {
    IterableDataset data = IterableDataset.of(endless(), 4);
    data.skipTo(2);
    assertEquals(List.of(8, 9, 10, 11), pass(data));
    data.skipTo(3);
    assertEquals(List.of(12, 13, 14, 15), pass(data));
  }

  @Test
  void onlyOneSampleIsTakenAheadOfReading() {
    List<Integer> taken = new ArrayList<>();
    Iterator<Sample> counted =
        Stream.iterate(0, i -> i + 1).peek(taken::add).map(IterableDatasetTest::sample).iterator();
    IterableDataset data = IterableDataset.of(counted, 10);
    assertEquals(List.of(0), taken);
    data.read(2, new float[1], 0, new float[1], 0);
    assertEquals(List.of(0, 1, 2), taken);
  }

  @Test
  void fitTakesThemInOrderThoughItIsToldToShuffle() {
    ArrayDataset all = Tasks.halfPlanes(12, 1);
    List<Sample> list = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      float[] x = new float[2];
      float[] y = new float[1];
      all.read(i, x, 0, y, 0);
      list.add(new Sample(Tensor.of(Shape.of(2), x), Tensor.of(Shape.of(1), y)));
    }
    History inOrder = fit(all, new FitOptions().epochs(3).batchSize(5).shuffle(false));
    History history = fit(IterableDataset.of(list), new FitOptions().epochs(3).batchSize(5));
    assertEquals(inOrder.get("loss"), history.get("loss"));
  }

  private static History fit(Dataset data, FitOptions options) {
    Model model = Tasks.logistic();
    model.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
    return CompiledModel.compile(model, new SGD(0.5), Loss.BINARY_CROSSENTROPY).fit(data, options);
  }

  @Test
  void anIteratorThatEndsEarlyIsOneError() {
    IterableDataset data = IterableDataset.of(samples(0, 6).iterator(), 4);
    assertEquals(List.of(0, 1, 2, 3), pass(data));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> pass(data));
    assertEquals("IterableDataset: expected 4 samples a pass, found 2 in pass 2", e.getMessage());
  }

  @Test
  void whatTheIteratorThrowsReachesTheCaller() {
    IllegalStateException failure = new IllegalStateException("the disk is on fire");
    Iterator<Sample> failing =
        Stream.iterate(0, i -> i + 1)
            .map(
                i -> {
                  if (i == 4) {
                    throw failure;
                  }
                  return sample(i);
                })
            .iterator();
    IterableDataset data = IterableDataset.of(failing, 9);
    assertSame(failure, assertThrows(IllegalStateException.class, () -> pass(data)));
  }

  @Test
  void aSampleOfAnotherShapeIsNamedByItsNumber() {
    List<Sample> samples = List.of(sample(0), new Sample(Tensor.zeros(2), Tensor.zeros(1)));
    ShapeException e = assertThrows(ShapeException.class, () -> pass(IterableDataset.of(samples)));
    assertEquals(
        "IterableDataset: expected x of (1,) as in the first sample, found (2,) in sample 1",
        e.getMessage());
  }

  @Test
  void noSamplesAndAnotherOrderAreRefused() {
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> IterableDataset.of(List.of()));
    assertEquals("IterableDataset: expected samples, found none", none.getMessage());
    IllegalArgumentException size =
        assertThrows(IllegalArgumentException.class, () -> IterableDataset.of(endless(), 0));
    assertEquals("samplesPerEpoch: expected at least 1, found 0", size.getMessage());
    Dataset data = IterableDataset.of(endless(), 3).take(2);
    IllegalArgumentException order =
        assertThrows(IllegalArgumentException.class, () -> data.shuffle(1));
    assertEquals(
        "shuffle: expected samples that can be read in any order, found those of an iterator",
        order.getMessage());
  }
}
