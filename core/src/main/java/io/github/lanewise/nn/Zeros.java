package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/** Zeros: Keras's default for biases. */
public record Zeros() implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Tensor.zeros(shape);
  }
}
