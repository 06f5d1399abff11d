package io.github.lanewise.train;

import io.github.lanewise.nn.ConfigException;
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

  /**
   * What was gathered since the last {@link #reset}, for training that is saved within an epoch.
   *
   * @throws UnsupportedOperationException if the metric can not say
   */
  default double[] state() {
    throw new UnsupportedOperationException(
        "Metric '" + name() + "': can not be saved within an epoch; save after epochs");
  }

  /** Goes on from what {@link #state} gave. */
  default void setState(double[] state) {
    throw new UnsupportedOperationException(
        "Metric '" + name() + "': can not be restored within an epoch");
  }

  /**
   * The metric as Keras's {@code metrics.serialize} writes it: a name, or an object of class_name
   * and config.
   *
   * @throws ConfigException if Keras has no such metric
   */
  default Object serialize() {
    throw new ConfigException(
        "Metric '" + name() + "': expected one that Keras has, found one of your own");
  }

  /**
   * The metric that {@link #serialize} wrote, or Keras.
   *
   * @throws ConfigException if it is unknown, or an argument is not supported
   */
  static Metric deserialize(Object serialized) {
    return StoredMetric.of(serialized);
  }
}
