package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Keras's {@code "accuracy"}: binary for one output a sample, sparse categorical for several
 * outputs and one target, else categorical. Decided by the first batch.
 */
public final class Accuracy implements Metric {

  private @Nullable Metric chosen;

  /** Nothing counted yet. */
  public Accuracy() {}

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public void update(Tensor prediction, Tensor target) {
    if (chosen == null) {
      chosen = choose(prediction, target);
    }
    chosen.update(prediction, target);
  }

  private static Metric choose(Tensor prediction, Tensor target) {
    if (prediction.shape().dim(-1) == 1) {
      return new BinaryAccuracy();
    }
    return target.size() < prediction.size()
        ? new SparseCategoricalAccuracy()
        : new CategoricalAccuracy();
  }

  @Override
  public double result() {
    return chosen == null ? 0 : chosen.result();
  }

  @Override
  public void reset() {
    if (chosen != null) {
      chosen.reset();
    }
  }

  @Override
  public Object serialize() {
    return name();
  }
}
