package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/** Ones. */
public record Ones() implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Tensor.full(shape, 1);
  }
}
