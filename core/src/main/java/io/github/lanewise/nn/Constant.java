package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/** One number for all weights. */
public record Constant(double value) implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Tensor.full(shape, (float) value);
  }
}
