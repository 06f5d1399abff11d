package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;

/** A weight of a layer: a tensor that lives as long as the layer does, updated in place. */
public final class Parameter {

  private final String name;
  private final Tensor value;
  private final boolean learned;

  /**
   * A weight.
   *
   * @param name Keras's name within the layer: {@code kernel}, {@code bias}, {@code gamma}, ...
   * @param learned whether an optimizer updates it; moving averages are not learned
   */
  public Parameter(String name, Tensor value, boolean learned) {
    this.name = name;
    this.value = value;
    this.learned = learned;
  }

  /** Keras's name within the layer. */
  public String name() {
    return name;
  }

  /** The value, always the same tensor. */
  public Tensor value() {
    return value;
  }

  /** The shape of the value. */
  public Shape shape() {
    return value.shape();
  }

  /** Whether an optimizer may update it; not so for moving averages. */
  public boolean learned() {
    return learned;
  }

  /**
   * Overwrites the value.
   *
   * @throws ShapeException if the number of values differs
   */
  public void assign(float... values) {
    if (values.length != value.size()) {
      throw new ShapeException(
          name
              + ": expected "
              + value.size()
              + " values for "
              + shape()
              + ", found "
              + values.length);
    }
    System.arraycopy(values, 0, value.data(), value.offset(), values.length);
  }

  @Override
  public String toString() {
    return name + shape();
  }
}
