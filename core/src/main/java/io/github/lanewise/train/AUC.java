package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Area under the ROC curve, from the counts at 200 thresholds by the trapezoidal rule, as {@code
 * keras/src/metrics/confusion_metrics.py} computes it by default.
 */
public final class AUC implements Metric {

  private static final int THRESHOLDS = 200;
  private static final double EPSILON = 1e-7;

  private final double[] thresholds = new double[THRESHOLDS];
  private final long[] truePositives = new long[THRESHOLDS];
  private final long[] falsePositives = new long[THRESHOLDS];
  private long positives;
  private long negatives;

  /** Nothing counted yet. */
  public AUC() {
    for (int i = 0; i < THRESHOLDS; i++) {
      thresholds[i] = (double) i / (THRESHOLDS - 1);
    }
    thresholds[0] = -EPSILON;
    thresholds[THRESHOLDS - 1] = 1 + EPSILON;
  }

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    Metrics.requireSameShape(name(), prediction, target);
    for (int i = 0; i < prediction.size(); i++) {
      float p = prediction.data()[prediction.offset() + i];
      boolean actual = target.data()[target.offset() + i] != 0;
      if (actual) {
        positives++;
      } else {
        negatives++;
      }
      long[] counts = actual ? truePositives : falsePositives;
      for (int t = 0; t < THRESHOLDS && p > thresholds[t]; t++) {
        counts[t]++;
      }
    }
  }

  @Override
  public double result() {
    if (positives == 0 || negatives == 0) {
      return 0;
    }
    double area = 0;
    for (int t = 0; t < THRESHOLDS - 1; t++) {
      double width = (double) (falsePositives[t] - falsePositives[t + 1]) / negatives;
      area += width * (truePositives[t] + truePositives[t + 1]) / (2.0 * positives);
    }
    return area;
  }

  @Override
  public void reset() {
    Arrays.fill(truePositives, 0);
    Arrays.fill(falsePositives, 0);
    positives = 0;
    negatives = 0;
  }
}
