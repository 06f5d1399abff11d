package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/**
 * He's normal distribution (He et al. 2015), truncated at two standard deviations as in {@code
 * keras/src/initializers/random_initializers.py}: variance {@code 2 / fanIn}.
 *
 * @param seed where the random numbers start; layers of different shapes draw different numbers
 */
public record HeNormal(long seed) implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Draws.truncatedNormal(shape, Math.sqrt(2.0 / fanIn), seed);
  }
}
