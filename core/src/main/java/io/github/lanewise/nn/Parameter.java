package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A weight of a layer: a tensor that lives as long as the layer does, updated in place. */
public final class Parameter {

  private final String name;
  private final Shape shape;
  private final boolean learned;
  private final Supplier<Tensor> initial;
  private @Nullable Tensor value;

  /**
   * A weight.
   *
   * @param name Keras's name within the layer: {@code kernel}, {@code bias}, {@code gamma}, ...
   * @param learned whether an optimizer updates it; moving averages are not learned
   */
  public Parameter(String name, Tensor value, boolean learned) {
    this(name, value.shape(), () -> value, learned);
    this.value = value;
  }

  /**
   * A weight that is not created before it is asked for: where a file's weights replace it first,
   * it never is.
   *
   * @param name Keras's name within the layer
   * @param initial creates the value, of this shape
   * @param learned whether an optimizer updates it
   */
  Parameter(String name, Shape shape, Supplier<Tensor> initial, boolean learned) {
    this.name = name;
    this.shape = shape;
    this.initial = initial;
    this.learned = learned;
  }

  /** Keras's name within the layer. */
  public String name() {
    return name;
  }

  /** The value, always the same tensor. */
  public synchronized Tensor value() {
    if (value == null) {
      value = initial.get();
    }
    return value;
  }

  /** The shape of the value. */
  public Shape shape() {
    return shape;
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
    requireSize(values.length);
    Tensor target = value();
    System.arraycopy(values, 0, target.data(), target.offset(), values.length);
  }

  /**
   * Overwrites the value with that of a dense tensor, which is the caller's no more: where nobody
   * has seen the value yet, the tensor's memory becomes its memory.
   *
   * @throws ShapeException if the number of values differs
   */
  public synchronized void adopt(Tensor values) {
    requireSize(values.size());
    if (value == null) {
      value = Tensor.view(shape, values.data(), values.offset());
    } else {
      System.arraycopy(values.data(), values.offset(), value.data(), value.offset(), values.size());
    }
  }

  private void requireSize(int found) {
    if (found != shape.size()) {
      throw new ShapeException(
          name + ": expected " + shape.size() + " values for " + shape + ", found " + found);
    }
  }

  @Override
  public String toString() {
    return name + shape();
  }
}
