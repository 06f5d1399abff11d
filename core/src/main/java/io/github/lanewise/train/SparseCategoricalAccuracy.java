package io.github.lanewise.train;

import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;

/** The share of samples whose most probable class is the target; targets the classes' numbers. */
public final class SparseCategoricalAccuracy implements Metric {

  private long right;
  private long total;

  /** Nothing counted yet. */
  public SparseCategoricalAccuracy() {}

  @Override
  public String name() {
    return "sparse_categorical_accuracy";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    int classes = prediction.shape().dim(-1);
    int rows = prediction.size() / classes;
    if (target.size() != rows) {
      throw new ShapeException(name() + ": expected " + rows + " targets, found " + target.shape());
    }
    for (int row = 0; row < rows; row++) {
      float expected = target.data()[target.offset() + row];
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
