package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/**
 * Glorot's uniform distribution (Glorot and Bengio 2010): within {@code sqrt(6 / (fanIn + fanOut))}
 * of zero. Keras's default for kernels.
 *
 * @param seed where the random numbers start; layers of different shapes draw different numbers
 */
public record GlorotUniform(long seed) implements Initializer {

  @Override
  public Tensor create(Shape shape, int fanIn, int fanOut) {
    return Draws.uniform(shape, Math.sqrt(6.0 / ((double) fanIn + fanOut)), seed);
  }
}
