package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/**
 * He's uniform distribution (He et al. 2015): within {@code sqrt(6 / fanIn)} of zero.
 *
 * @param seed where the random numbers start; layers of different shapes draw different numbers
 */
public record HeUniform(long seed) implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Draws.uniform(shape, Math.sqrt(6.0 / fanIn), seed);
  }
}
