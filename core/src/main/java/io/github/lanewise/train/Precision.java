package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/**
 * The share of what is predicted as 1 that is 1; 0 where there is none. What is more than a
 * threshold is predicted as 1.
 */
public final class Precision implements Metric {

  private final float threshold;

  private long truePositives;
  private long falsePositives;

  /** With the threshold 0.5. */
  public Precision() {
    this(0.5);
  }

  /** With another threshold. */
  public Precision(double threshold) {
    this.threshold = (float) threshold;
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    Metrics.requireSameShape(name(), prediction, target);
    for (int i = 0; i < prediction.size(); i++) {
      boolean positive = prediction.data()[prediction.offset() + i] > threshold;
      boolean actual = target.data()[target.offset() + i] != 0;
      truePositives += actual && positive ? 1 : 0;
      falsePositives += !actual && positive ? 1 : 0;
    }
  }

  @Override
  public double result() {
    long all = truePositives + falsePositives;
    return all == 0 ? 0 : (double) truePositives / all;
  }

  @Override
  public void reset() {
    truePositives = 0;
    falsePositives = 0;
  }

  @Override
  public Object serialize() {
    return StoredMetric.written(this, "thresholds", (double) threshold);
  }

  @Override
  public double[] state() {
    return new double[] {truePositives, falsePositives};
  }

  @Override
  public void setState(double[] state) {
    truePositives = (long) state[0];
    falsePositives = (long) state[1];
  }
}
