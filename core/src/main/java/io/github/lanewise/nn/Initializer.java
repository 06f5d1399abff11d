package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/** How a weight starts. */
@FunctionalInterface
public interface Initializer {

  /**
   * A new weight.
   *
   * @param fanIn inputs that one output depends on
   * @param fanOut outputs that one input reaches
   */
  Tensor create(Shape shape, int fanIn, int fanOut);
}
