package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.applications.ClassIndex.Entry;
import io.github.lanewise.applications.ClassIndex.Prediction;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassIndexTest {

  private static final ClassIndex INDEX =
      new ClassIndex(
          List.of(
              new Entry("n01440764", "tench"),
              new Entry("n02123045", "tabby"),
              new Entry("n02124075", "Egyptian_cat")));

  @Test
  void theBestClassesOfEachSampleComeFirst() {
    Tensor predictions = Tensor.of(Shape.of(2, 3), 0.1f, 0.6f, 0.3f, 0.25f, 0.25f, 0.5f);
    assertEquals(
        List.of(
            List.of(
                new Prediction("n02123045", "tabby", 0.6f),
                new Prediction("n02124075", "Egyptian_cat", 0.3f)),
            List.of(
                new Prediction("n02124075", "Egyptian_cat", 0.5f),
                new Prediction("n01440764", "tench", 0.25f))),
        INDEX.decodePredictions(predictions, 2));
  }

  @Test
  void moreThanThereAreGivesAll() {
    assertEquals(3, INDEX.decodePredictions(Tensor.zeros(1, 3), 5).get(0).size());
  }

  @Test
  void predictionsOfAnotherNumberOfClassesAreRefused() {
    ShapeException e =
        assertThrows(ShapeException.class, () -> INDEX.decodePredictions(Tensor.zeros(2, 1000), 5));
    assertEquals("predictions: expected [n, 3], found (2, 1000)", e.getMessage());
    assertThrows(ShapeException.class, () -> INDEX.decodePredictions(Tensor.zeros(3), 5));
    assertThrows(
        IllegalArgumentException.class, () -> INDEX.decodePredictions(Tensor.zeros(1, 3), 0));
  }
}
