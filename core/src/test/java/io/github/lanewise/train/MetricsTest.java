package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static Tensor column(double... values) {
    Tensor column = Tensor.zeros(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      column.data()[i] = (float) values[i];
    }
    return column;
  }

  private static double of(Metric metric, Tensor prediction, Tensor target) {
    metric.update(prediction, target);
    return metric.result();
  }

  @Test
  void binaryAccuracyCountsWhatIsOnItsTargetsSideAndAHalfAsZero() {
    Tensor p = column(0.9, 0.5, 0.51, 0.2, 0.4);
    Tensor t = column(1, 1, 0, 0, 0);
    assertEquals(3.0 / 5, of(new BinaryAccuracy(), p, t));
    assertEquals(4.0 / 5, of(new BinaryAccuracy(0.45), p, t));
  }

  @Test
  void categoricalAccuracyComparesTheLargestOfEachRow() {
    Tensor p = Tensor.of(Shape.of(3, 3), 0.1f, 0.7f, 0.2f, 0.5f, 0.2f, 0.3f, 0.3f, 0.3f, 0.4f);
    Tensor t = Tensor.of(Shape.of(3, 3), 0, 1, 0, 0, 0, 1, 0, 0, 1);
    assertEquals(2.0 / 3, of(new CategoricalAccuracy(), p, t));
  }

  @Test
  void sparseCategoricalAccuracyTakesTheNumberOfTheClass() {
    Tensor p = Tensor.of(Shape.of(3, 3), 0.1f, 0.7f, 0.2f, 0.5f, 0.2f, 0.3f, 0.3f, 0.3f, 0.4f);
    assertEquals(1.0 / 3, of(new SparseCategoricalAccuracy(), p, column(1, 1, 0)));
    assertEquals(1, of(new SparseCategoricalAccuracy(), p, Tensor.of(Shape.of(3), 1, 0, 2)));
  }

  @Test
  void ofEqualProbabilitiesTheFirstIsTheMostProbable() {
    Tensor p = Tensor.of(Shape.of(1, 3), 0.4f, 0.4f, 0.2f);
    assertEquals(1, of(new SparseCategoricalAccuracy(), p, column(0)));
  }

  @Test
  void accuracyIsBinaryForOneOutput() {
    assertEquals(0.5, of(new Accuracy(), column(0.9, 0.9), column(1, 0)));
  }

  @Test
  void accuracyIsCategoricalForTargetsOfTheOutputsShape() {
    Tensor p = Tensor.of(Shape.of(2, 2), 0.4f, 0.3f, 0.2f, 0.3f);
    assertEquals(1, of(new Accuracy(), p, Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
  }

  @Test
  void accuracyIsSparseForOneTargetOfSeveralOutputs() {
    Tensor p = Tensor.of(Shape.of(2, 3), 0.1f, 0.2f, 0.7f, 0.2f, 0.3f, 0.1f);
    assertEquals(0.5, of(new Accuracy(), p, column(2, 0)));
  }

  @Test
  void precisionAndRecallCountAgainstThePredictedAndTheActual() {
    Tensor p = column(0.9, 0.8, 0.7, 0.2, 0.5, 0.1);
    Tensor t = column(1, 0, 1, 1, 1, 0);
    assertEquals(2.0 / 3, of(new Precision(), p, t));
    assertEquals(2.0 / 4, of(new Recall(), p, t));
  }

  @Test
  void precisionAndRecallAreZeroWhereNothingCounts() {
    assertEquals(0, of(new Precision(), column(0.1, 0.2), column(1, 0)));
    assertEquals(0, of(new Recall(), column(0.9, 0.2), column(0, 0)));
  }

  @Test
  void precisionAndRecallTakeAThreshold() {
    Tensor p = column(0.9, 0.8, 0.7, 0.2, 0.5, 0.1);
    Tensor t = column(1, 0, 1, 1, 1, 0);
    assertEquals(3.0 / 4, of(new Precision(0.4), p, t));
    assertEquals(3.0 / 4, of(new Recall(0.4), p, t));
    assertEquals(1, of(new Precision(0.85), p, t));
    assertEquals(1.0 / 4, of(new Recall(0.85), p, t));
  }

  @Test
  void theAreaIsThatOfTheTrapezoidsBetweenTwoHundredThresholds() {
    SplittableRandom random = new SplittableRandom(6);
    Tensor p = Tensor.zeros(20_000, 1);
    Tensor t = Tensor.zeros(20_000, 1);
    for (int i = 0; i < p.size(); i++) {
      t.data()[i] = random.nextInt(2);
      p.data()[i] = (float) Math.pow(random.nextDouble(), t.data()[i] == 1 ? 0.5 : 2);
    }
    double area = 0;
    for (int k = 0; k < 199; k++) {
      double width = rateAbove(k, p, t, 0) - rateAbove(k + 1, p, t, 0);
      area += width * (rateAbove(k, p, t, 1) + rateAbove(k + 1, p, t, 1)) / 2;
    }
    assertEquals(area, of(new AUC(), p, t), 1e-12);
    // The probability that v^2 < sqrt(u), of u and v uniform, is the mean of u^(1/4).
    assertEquals(0.8, area, 0.01);
  }

  /** The share of samples with this target whose probability is above threshold k of 0 to 199. */
  private static double rateAbove(int k, Tensor p, Tensor t, float target) {
    double threshold = k == 0 ? -1e-7 : k == 199 ? 1 + 1e-7 : k / 199.0;
    int all = 0;
    int above = 0;
    for (int i = 0; i < p.size(); i++) {
      if (t.data()[i] == target) {
        all++;
        above += p.data()[i] > threshold ? 1 : 0;
      }
    }
    return (double) above / all;
  }

  @Test
  void whatIsOutsideZeroAndOneCountsAsTheNearerEnd() {
    assertEquals(1, of(new AUC(), column(-3, 7), column(0, 1)), 1e-12);
    assertEquals(0.5, of(new AUC(), column(-3, 0), column(0, 1)), 1e-12);
    assertEquals(0.5, of(new AUC(), column(7, 1), column(0, 1)), 1e-12);
  }

  @Test
  void theAreaIsOneForAPerfectOrder() {
    assertEquals(1, of(new AUC(), column(0.1, 0.2, 0.7, 0.9), column(0, 0, 1, 1)), 1e-12);
  }

  @Test
  void theAreaIsZeroForTheReverseOrder() {
    assertEquals(0, of(new AUC(), column(0.9, 0.7, 0.2, 0.1), column(0, 0, 1, 1)), 1e-12);
  }

  @Test
  void theAreaCountsPairsInOrder() {
    assertEquals(0.75, of(new AUC(), column(0.1, 0.4, 0.35, 0.8), column(0, 0, 1, 1)), 1e-12);
  }

  @Test
  void aTieCountsAsHalfAPairInOrder() {
    assertEquals(0.5, of(new AUC(), column(0.3, 0.3, 0.3), column(0, 1, 1)), 1e-12);
    assertEquals(0.875, of(new AUC(), column(0.1, 0.5, 0.5, 0.9), column(0, 0, 1, 1)), 1e-12);
  }

  @Test
  void probabilitiesOfExactlyZeroAndOneAreCounted() {
    assertEquals(1, of(new AUC(), column(0, 1), column(0, 1)), 1e-12);
  }

  @Test
  void theAreaIsAboutAHalfForChance() {
    SplittableRandom random = new SplittableRandom(5);
    Tensor p = Tensor.zeros(20_000, 1);
    Tensor t = Tensor.zeros(20_000, 1);
    for (int i = 0; i < p.size(); i++) {
      p.data()[i] = (float) random.nextDouble();
      t.data()[i] = random.nextInt(2);
    }
    assertEquals(0.5, of(new AUC(), p, t), 0.02);
  }

  @Test
  void theAreaIsZeroWhereOneClassIsMissing() {
    assertEquals(0, of(new AUC(), column(0.3, 0.4), column(1, 1)));
  }

  @Test
  void allMetricsAddUpOverBatchesAndForgetAtAReset() {
    Tensor p = column(0.9, 0.8, 0.7, 0.2, 0.4, 0.1);
    Tensor t = column(1, 0, 1, 1, 0, 0);
    for (Metric metric :
        List.of(new BinaryAccuracy(), new Accuracy(), new Precision(), new Recall(), new AUC())) {
      double whole = of(metric, p, t);
      metric.reset();
      assertEquals(0, metric.result(), metric.name());
      metric.update(p.rows(0, 1), t.rows(0, 1));
      metric.update(p.rows(1, 4), t.rows(1, 4));
      metric.update(p.rows(4, 6), t.rows(4, 6));
      assertEquals(whole, metric.result(), metric.name());
    }
  }

  @Test
  void categoricalMetricsAddUpOverBatchesAndForgetAtAReset() {
    Tensor p = Tensor.of(Shape.of(2, 2), 0.6f, 0.4f, 0.6f, 0.4f);
    Tensor oneHot = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    Metric categorical = new CategoricalAccuracy();
    categorical.update(p.rows(0, 1), oneHot.rows(0, 1));
    assertEquals(1, categorical.result());
    categorical.update(p.rows(1, 2), oneHot.rows(1, 2));
    assertEquals(0.5, categorical.result());
    categorical.reset();
    assertEquals(0, categorical.result());
    Metric sparse = new SparseCategoricalAccuracy();
    sparse.update(p.rows(0, 1), column(0));
    sparse.update(p.rows(1, 2), column(1));
    assertEquals(0.5, sparse.result());
    sparse.reset();
    assertEquals(0, sparse.result());
  }

  @Test
  void targetsOfAnotherShapeAreRefusedByTheMetricsName() {
    for (Metric metric :
        List.of(
            new BinaryAccuracy(),
            new CategoricalAccuracy(),
            new Precision(),
            new Recall(),
            new AUC())) {
      ShapeException e =
          assertThrows(
              ShapeException.class, () -> metric.update(Tensor.zeros(2, 3), Tensor.zeros(2, 2)));
      assertEquals(metric.name() + ": expected targets of (2, 3), found (2, 2)", e.getMessage());
    }
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> new SparseCategoricalAccuracy().update(Tensor.zeros(2, 3), Tensor.zeros(3)));
    assertEquals("sparse_categorical_accuracy: expected 2 targets, found (3,)", e.getMessage());
  }
}
