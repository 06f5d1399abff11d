package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredLossAndMetricTest {

  @Test
  void aLossThatWasWrittenIsReadAgain() {
    for (Loss loss :
        List.of(
            Loss.BINARY_CROSSENTROPY,
            Loss.BINARY_CROSSENTROPY.labelSmoothing(0.1),
            Loss.CATEGORICAL_CROSSENTROPY.labelSmoothing(0.25),
            Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
            Loss.MEAN_SQUARED_ERROR)) {
      Loss read = Loss.deserialize(loss.serialize());
      assertEquals(loss.kerasName(), read.kerasName());
      assertEquals(loss.serialize(), read.serialize());
    }
    assertEquals("binary_crossentropy", Loss.BINARY_CROSSENTROPY.serialize());
  }

  @Test
  void lossesAreReadInAllOfKerassForms() {
    Map<String, Object> function =
        Map.of("module", "builtins", "class_name", "function", "config", "mean_squared_error");
    assertEquals("mean_squared_error", Loss.deserialize(function).kerasName());
    assertEquals("mean_squared_error", Loss.deserialize("mse").kerasName());
    ObjectConfig keras2 =
        ObjectConfig.of("BinaryCrossentropy", "reduction", "auto", "from_logits", false);
    assertEquals(
        "binary_crossentropy", Loss.deserialize(keras2.serialized("keras.losses")).serialize());
  }

  @Test
  void aMetricThatWasWrittenIsReadAgain() {
    for (Metric metric :
        List.of(
            new Accuracy(),
            new BinaryAccuracy(0.75),
            new CategoricalAccuracy(),
            new SparseCategoricalAccuracy(),
            new AUC(),
            new Precision(0.25),
            new Recall(0.125))) {
      Metric read = Metric.deserialize(metric.serialize());
      assertInstanceOf(metric.getClass(), read);
      assertEquals(metric.serialize(), read.serialize());
    }
  }

  @Test
  void metricsAreReadInAllOfKerassForms() {
    assertInstanceOf(Accuracy.class, Metric.deserialize("acc"));
    assertInstanceOf(AUC.class, Metric.deserialize("AUC"));
    assertInstanceOf(BinaryAccuracy.class, Metric.deserialize("binary_accuracy"));
    Object wrapper =
        ObjectConfig.of("MeanMetricWrapper", "name", "accuracy", "fn", "binary_accuracy")
            .serialized("keras.metrics");
    assertInstanceOf(Accuracy.class, Metric.deserialize(wrapper));
    Metric precision =
        Metric.deserialize(
            ObjectConfig.of("Precision", "thresholds", List.of(0.9)).serialized("keras.metrics"));
    Tensor prediction = Tensor.of(Shape.of(2, 1), 0.8f, 0.95f);
    precision.update(prediction, Tensor.of(Shape.of(2, 1), 0, 1));
    assertEquals(1, precision.result());
  }

  private static void assertRefused(String word, Runnable read) {
    String message = assertThrows(ConfigException.class, read::run).getMessage();
    assertTrue(String.valueOf(message).contains(word), message);
  }

  @Test
  void whatIsNotSupportedIsOneErrorThatNamesIt() {
    assertRefused("hinge", () -> Loss.deserialize("hinge"));
    assertRefused("expected an object", () -> Loss.deserialize(3));
    assertRefused(
        "BinaryCrossentropy: from_logits",
        () ->
            Loss.deserialize(
                ObjectConfig.of("BinaryCrossentropy", "from_logits", true).serialized("m")));
    assertRefused(
        "reduction",
        () ->
            Loss.deserialize(
                ObjectConfig.of("MeanSquaredError", "reduction", "sum").serialized("m")));
    assertRefused("F1Score", () -> Metric.deserialize("F1Score"));
    assertRefused(
        "AUC: curve",
        () -> Metric.deserialize(ObjectConfig.of("AUC", "curve", "PR").serialized("m")));
    assertRefused(
        "Recall: thresholds",
        () ->
            Metric.deserialize(
                ObjectConfig.of("Recall", "thresholds", List.of(0.1, 0.2)).serialized("m")));
    assertRefused(
        "Precision: top_k",
        () -> Metric.deserialize(ObjectConfig.of("Precision", "top_k", 3).serialized("m")));
  }

  @Test
  void aMetricOfOnesOwnCanNotBeWritten() {
    Metric own =
        new Metric() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public void update(Tensor prediction, Tensor target) {}

          @Override
          public double result() {
            return 0;
          }

          @Override
          public void reset() {}
        };
    assertRefused("own", own::serialize);
  }
}
