package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights of samples by their class, as {@code class_weight_to_sample_weights} in {@code
 * keras/src/trainers/data_adapters/data_adapter_utils.py}: the class is the column of the largest
 * target where there are several columns, else the target, rounded; classes without a weight have
 * 1.
 */
final class ClassWeights {

  private final Map<Integer, Double> byClass;

  ClassWeights(Map<Integer, Double> byClass) {
    this.byClass = new TreeMap<>(byClass);
    this.byClass.forEach(
        (label, weight) -> {
          if (label < 0 || !(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                "class_weight: expected weights of at least 0 for classes from 0, found "
                    + this.byClass);
          }
        });
  }

  /**
   * Checks targets.
   *
   * @param target the shape of one
   * @throws IllegalArgumentException if it is not that of one class
   */
  void requireFits(Shape target) {
    if (target.rank() > 1) {
      throw new IllegalArgumentException(
          "class_weight: expected targets of one class a sample, found " + target);
    }
  }

  /** The weights [n] of samples with the targets [n] or [n, columns]. */
  Tensor of(Tensor targets) {
    int n = targets.shape().dim(0);
    int columns = targets.size() / n;
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      int label =
          columns == 1
              ? (int) Math.rint(targets.data()[targets.offset() + i])
              : Metrics.argmax(targets, i, columns);
      weights[i] = byClass.getOrDefault(label, 1.0).floatValue();
    }
    return Tensor.of(Shape.of(n), weights);
  }

  @Override
  public String toString() {
    return byClass.toString();
  }
}
