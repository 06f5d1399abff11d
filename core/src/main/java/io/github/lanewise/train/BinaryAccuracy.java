package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/** The share of probabilities that are on their target's side of a threshold. */
public final class BinaryAccuracy implements Metric {

  private final float threshold;
  private long right;
  private long total;

  /** With the threshold 0.5: more counts as 1. */
  public BinaryAccuracy() {
    this(0.5);
  }

  /** What is more than the threshold counts as 1. */
  public BinaryAccuracy(double threshold) {
    this.threshold = (float) threshold;
  }

  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    Metrics.requireSameShape(name(), prediction, target);
    for (int i = 0; i < prediction.size(); i++) {
      boolean positive = prediction.data()[prediction.offset() + i] > threshold;
      right += (positive ? 1f : 0f) == target.data()[target.offset() + i] ? 1 : 0;
    }
    total += prediction.size();
  }

  @Override
  public double result() {
    return total == 0 ? 0 : (double) right / total;
  }

  @Override
  public void reset() {
    right = 0;
    total = 0;
  }

  @Override
  public Object serialize() {
    return StoredMetric.written(this, "threshold", (double) threshold);
  }

  @Override
  public double[] state() {
    return new double[] {right, total};
  }

  @Override
  public void setState(double[] state) {
    right = (long) state[0];
    total = (long) state[1];
  }
}
