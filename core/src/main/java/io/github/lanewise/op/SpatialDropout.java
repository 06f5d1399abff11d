package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;

/**
 * Dropout of whole channels (Tompson et al. 2015): x [n, ..., c], in which all of a sample's
 * channel becomes 0 with probability {@code rate}, else is divided by {@code 1 - rate}.
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 */
public record SpatialDropout(double rate, long seed) implements RandomScaling {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public SpatialDropout {
    ShapeRules.rate(SpatialDropout.class, rate);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 3) {
      throw new ShapeException(name() + ": expected an input [n, ..., c], found " + x);
    }
    return x;
  }

  @Override
  public int drawOf(int element, Shape shape) {
    int channels = shape.dim(-1);
    return element / shape.sizeOfRow() * channels + element % channels;
  }

  @Override
  public float factor(int draw) {
    return Dropout.factor(rate, seed, draw);
  }
}
