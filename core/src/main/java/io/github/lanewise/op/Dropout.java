package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;

/**
 * Inverted dropout (Srivastava et al. 2014): each element becomes 0 with probability {@code rate},
 * else is divided by {@code 1 - rate}.
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 * @param noiseShape for each dimension {@link Shape#UNKNOWN} where it is as in the input, or its
 *     size, or 1 where elements are dropped together; empty where each is dropped by itself
 */
public record Dropout(double rate, long seed, List<Integer> noiseShape) implements RandomScaling {

  /** Drops each element by itself. */
  public Dropout(double rate, long seed) {
    this(rate, seed, List.of());
  }

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public Dropout {
    ShapeRules.rate(Dropout.class, rate);
    noiseShape = List.copyOf(noiseShape);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    boolean fits = noiseShape.isEmpty() || noiseShape.size() == x.rank();
    for (int i = 0; fits && i < noiseShape.size(); i++) {
      int size = noiseShape.get(i);
      fits = size == Shape.UNKNOWN || size == 1 || size == x.dim(i) || x.dim(i) == Shape.UNKNOWN;
    }
    if (!fits) {
      throw new ShapeException(
          name() + ": expected an input that " + noiseShape + " stretches to, found " + x);
    }
    return x;
  }

  @Override
  public int drawOf(int element, Shape shape) {
    if (noiseShape.isEmpty()) {
      return element;
    }
    int draw = 0;
    int stride = 1;
    int left = element;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      if (noiseShape.get(i) != 1) {
        draw += left % shape.dim(i) * stride;
        stride *= shape.dim(i);
      }
      left /= shape.dim(i);
    }
    return draw;
  }

  @Override
  public float factor(int draw) {
    return factor(rate, seed, draw);
  }

  /** 0 with probability {@code rate}, else what keeps the mean. */
  static float factor(double rate, long seed, int draw) {
    return CounterRandom.uniform(seed, draw) >= rate ? (float) (1 / (1 - rate)) : 0;
  }
}
