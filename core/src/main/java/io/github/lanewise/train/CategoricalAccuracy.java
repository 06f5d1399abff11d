package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/** The share of samples whose most probable class is the target's; targets one-hot. */
public final class CategoricalAccuracy implements Metric {

  private long right;
  private long total;

  /** Nothing counted yet. */
  public CategoricalAccuracy() {}

  @Override
  public String name() {
    return "categorical_accuracy";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    Metrics.requireSameShape(name(), prediction, target);
    int classes = prediction.shape().dim(-1);
    int rows = prediction.size() / classes;
    for (int row = 0; row < rows; row++) {
      int expected = Metrics.argmax(target, row, classes);
      right += Metrics.argmax(prediction, row, classes) == expected ? 1 : 0;
    }
    total += rows;
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
    return StoredMetric.written(this);
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
