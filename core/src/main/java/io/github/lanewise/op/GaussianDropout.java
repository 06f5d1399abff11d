package io.github.lanewise.op;

/**
 * Each element times a normal number of mean 1 and variance {@code rate / (1 - rate)}, the variance
 * of what {@link Dropout} multiplies by (Srivastava et al. 2014, section 10).
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 */
public record GaussianDropout(double rate, long seed) implements RandomScaling {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public GaussianDropout {
    ShapeRules.rate(GaussianDropout.class, rate);
  }

  @Override
  public float factor(int draw) {
    return (float) (1 + Math.sqrt(rate / (1 - rate)) * CounterRandom.normal(seed, draw));
  }
}
