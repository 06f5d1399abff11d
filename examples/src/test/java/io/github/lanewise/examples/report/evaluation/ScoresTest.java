package io.github.lanewise.examples.report.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Figures of a classifier against ones that were computed by hand. */
class ScoresTest {

  private static final double EXACT = 1e-12;

  /** Two samples of different classes have the same probability. */
  private static final Scores TIED = scores(0.9, 1, 0.7, 0, 0.7, 1, 0.45, 1, 0.3, 0);

  private static final Scores ONLY_ONES = scores(0.9, 1, 0.2, 1);
  private static final Scores ONLY_ZEROS = scores(0.9, 0, 0.2, 0);

  /** Probabilities and labels in turn. */
  private static Scores scores(double... pairs) {
    float[] probabilities = new float[pairs.length / 2];
    int[] labels = new int[pairs.length / 2];
    for (int i = 0; i < labels.length; i++) {
      probabilities[i] = (float) pairs[2 * i];
      labels[i] = (int) pairs[2 * i + 1];
    }
    return new Scores(probabilities, labels);
  }

  @Test
  void theConfusionMatrixCountsByTruthThenByWhatIsSaid() {
    ConfusionMatrix matrix = ConfusionMatrix.of(TIED);
    assertArrayEquals(new int[] {1, 1}, matrix.counts()[0]);
    assertArrayEquals(new int[] {1, 2}, matrix.counts()[1]);
    assertEquals(3.0 / 5, matrix.accuracy(), EXACT);
    assertEquals(1.0 / 2, matrix.recall(0), EXACT);
    assertEquals(2.0 / 3, matrix.recall(1), EXACT);
    assertEquals(1.0 / 2, matrix.precision(0), EXACT);
    assertEquals(2.0 / 3, matrix.precision(1), EXACT);
  }

  @Test
  void oneHalfIsNotClassOneAsInKeras() {
    assertEquals(0, scores(0.5, 1).predicted(0));
    assertEquals(0.5, scores(0.5, 1).confidence(0));
  }

  @Test
  void aClassThatIsMissingOrNeverSaidHasNoRecallOrPrecision() {
    ConfusionMatrix matrix = ConfusionMatrix.of(scores(0.9, 1, 0.8, 1));
    assertTrue(Double.isNaN(matrix.recall(0)));
    assertTrue(Double.isNaN(matrix.precision(0)));
    assertEquals(1, matrix.recall(1));
  }

  @Test
  void equalProbabilitiesAreOneSlantedStepOfTheRocCurve() {
    RocCurve curve = RocCurve.of(TIED);
    assertArrayEquals(new double[] {0, 0, 0.5, 0.5, 1}, curve.falsePositives(), EXACT);
    assertArrayEquals(new double[] {0, 1.0 / 3, 2.0 / 3, 1, 1}, curve.truePositives(), EXACT);
    // Of six pairs four are in order, and one is equal.
    assertEquals(4.5 / 6, curve.area(), EXACT);
  }

  @Test
  void theRocAreaIsTheShareOfPairsInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    double[] pairs = new double[2 * 60];
    for (int i = 0; i < 60; i++) {
      pairs[2 * i] = random.nextInt(12) / 12.0;
      pairs[2 * i + 1] = random.nextInt(2);
    }
    Scores scores = scores(pairs);
    double inOrder = 0;
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        if (scores.labels()[i] == 1 && scores.labels()[j] == 0) {
          inOrder +=
              0.5 + 0.5 * Float.compare(scores.probabilities()[i], scores.probabilities()[j]);
        }
      }
    }
    double all = scores.count(0) * scores.count(1);
    assertEquals(inOrder / all, RocCurve.of(scores).area(), EXACT);
  }

  @Test
  void precisionIsWeightedByTheGrowthOfRecall() {
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(TIED);
    assertArrayEquals(new double[] {1.0 / 3, 2.0 / 3, 1, 1}, curve.recall(), EXACT);
    assertArrayEquals(new double[] {1, 2.0 / 3, 3.0 / 4, 3.0 / 5}, curve.precision(), EXACT);
    assertEquals((1 + 2.0 / 3 + 3.0 / 4) / 3, curve.area(), EXACT);
  }

  @Test
  void withoutBothClassesThereIsNoCurve() {
    for (Scores scores : new Scores[] {ONLY_ONES, ONLY_ZEROS, scores()}) {
      assertTrue(Double.isNaN(RocCurve.of(scores).area()));
      assertEquals(0, RocCurve.of(scores).falsePositives().length);
    }
    assertTrue(Double.isNaN(PrecisionRecallCurve.of(ONLY_ZEROS).area()));
    assertEquals(1, PrecisionRecallCurve.of(ONLY_ONES).area(), EXACT);
  }

  @Test
  void calibrationComparesWhatIsSaidWithWhatIsFoundInEachBin() {
    Calibration calibration = Calibration.of(TIED, 5);
    assertArrayEquals(
        new int[] {0, 1, 1, 2, 1},
        calibration.bins().stream().mapToInt(Calibration.Bin::count).toArray());
    Calibration.Bin fourth = calibration.bins().get(3);
    assertEquals(0.6, fourth.from(), EXACT);
    assertEquals(0.8, fourth.to(), EXACT);
    assertEquals(0.7, fourth.said(), 1e-7);
    assertEquals(0.5, fourth.found(), EXACT);
    assertTrue(Double.isNaN(calibration.bins().get(0).said()));
    assertEquals((0.3 + 0.55 + 2 * 0.2 + 0.1) / 5, calibration.error(), 1e-7);
  }

  @Test
  void certaintyIsInTheLastBin() {
    Calibration calibration = Calibration.of(scores(1, 1, 0, 0), 10);
    assertEquals(1, calibration.bins().get(9).count());
    assertEquals(1, calibration.bins().get(0).count());
    assertEquals(0, calibration.error(), EXACT);
    assertTrue(Double.isNaN(Calibration.of(scores(), 10).error()));
  }

  @Test
  void wilsonsIntervalIsTheOneOfHisFormula() {
    // 8 of 10: 0.4902 to 0.9433, as in Brown, Cai and DasGupta's formula (4).
    Interval interval = Interval.ofShare(8, 10);
    assertEquals(0.4902, interval.low(), 5e-5);
    assertEquals(0.9433, interval.high(), 5e-5);
    assertEquals(new Interval(0, 1), Interval.ofShare(0, 0));
    assertEquals(1, Interval.ofShare(5, 5).high(), EXACT);
  }

  @Test
  void whatIsNoProbabilityOrNoLabelIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> scores(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> scores(1.5, 1));
    assertThrows(IllegalArgumentException.class, () -> scores(0.5, 2));
    assertThrows(
        IllegalArgumentException.class, () -> new Scores(new float[] {1}, new int[] {1, 0}));
  }
}
