package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keras's {@code "accuracy"}: binary for one output a sample, sparse categorical for several
 * outputs and one target, else categorical. Decided by the first batch.
 */
public final class Accuracy implements Metric {

  private static final List<Supplier<Metric>> KINDS =
      List.of(BinaryAccuracy::new, SparseCategoricalAccuracy::new, CategoricalAccuracy::new);

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

  /** The kind that was chosen, as its number in {@link #KINDS}, then its state. */
  @Override
  public double[] state() {
    if (chosen == null) {
      return new double[0];
    }
    double[] inner = chosen.state();
    double[] state = new double[inner.length + 1];
    System.arraycopy(inner, 0, state, 1, inner.length);
    for (int kind = 0; kind < KINDS.size(); kind++) {
      if (KINDS.get(kind).get().name().equals(chosen.name())) {
        state[0] = kind;
      }
    }
    return state;
  }

  @Override
  public void setState(double[] state) {
    chosen = state.length == 0 ? null : KINDS.get((int) state[0]).get();
    if (chosen != null) {
      chosen.setState(Arrays.copyOfRange(state, 1, state.length));
    }
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
