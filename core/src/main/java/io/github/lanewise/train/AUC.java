package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Area under the ROC curve, from the counts at 200 thresholds by the trapezoidal rule, as {@code
 * keras/src/metrics/confusion_metrics.py} computes it by default. Predictions are probabilities;
 * what is outside [0, 1] counts as the nearer end.
 */
public final class AUC implements Metric {

  private static final int THRESHOLDS = 200;

  /** By the highest threshold {@code i / 199} that predictions are more than; 0 is more than 0. */
  private final long[] positives = new long[THRESHOLDS];

  private final long[] negatives = new long[THRESHOLDS];

  /** Nothing counted yet. */
  public AUC() {}

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    Metrics.requireSameShape(name(), prediction, target);
    for (int i = 0; i < prediction.size(); i++) {
      float p = Math.max(0, Math.min(1, prediction.data()[prediction.offset() + i]));
      int bucket = Math.max(0, (int) Math.ceil(p * (THRESHOLDS - 1)) - 1);
      boolean actual = target.data()[target.offset() + i] != 0;
      (actual ? positives : negatives)[bucket]++;
    }
  }

  @Override
  public double result() {
    double allPositives = Arrays.stream(positives).sum();
    double allNegatives = Arrays.stream(negatives).sum();
    if (allPositives == 0 || allNegatives == 0) {
      return 0;
    }
    double area = 0;
    long above = 0;
    for (int i = THRESHOLDS - 1; i >= 0; i--) {
      double height = (above + above + positives[i]) / (2 * allPositives);
      area += negatives[i] / allNegatives * height;
      above += positives[i];
    }
    return area;
  }

  @Override
  public void reset() {
    Arrays.fill(positives, 0);
    Arrays.fill(negatives, 0);
  }

  @Override
  public Object serialize() {
    return StoredMetric.written(
        this, "num_thresholds", THRESHOLDS, "curve", "ROC", "summation_method", "interpolation");
  }

  @Override
  public double[] state() {
    double[] state = new double[2 * THRESHOLDS];
    for (int i = 0; i < THRESHOLDS; i++) {
      state[i] = positives[i];
      state[THRESHOLDS + i] = negatives[i];
    }
    return state;
  }

  @Override
  public void setState(double[] state) {
    for (int i = 0; i < THRESHOLDS; i++) {
      positives[i] = (long) state[i];
      negatives[i] = (long) state[THRESHOLDS + i];
    }
  }
}
