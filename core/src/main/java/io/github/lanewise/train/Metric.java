package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/** A figure of how good predictions are, gathered batch by batch. */
public interface Metric {

  /** Keras's name, the key in logs: {@code accuracy}. */
  String name();

  /** Takes in a batch: [n, ...] predictions and their targets. */
  void update(Tensor prediction, Tensor target);

  /** The figure over all batches since the last {@link #reset}. */
  double result();

  /** Forgets all batches. */
  void reset();
}
