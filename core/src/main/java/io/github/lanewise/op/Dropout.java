package io.github.lanewise.op;

/**
 * Inverted dropout (Srivastava et al. 2014): each element becomes 0 with probability {@code rate},
 * else is divided by {@code 1 - rate}.
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 */
public record Dropout(double rate, long seed) implements RandomScaling {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public Dropout {
    ShapeRules.rate(Dropout.class, rate);
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
