package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops elements in training, each with probability {@code rate}, and divides the others by {@code
 * 1 - rate}; does nothing in inference. Each forward pass of training draws anew, from a stream of
 * its seed.
 */
public final class Dropout extends RandomLayer {

  private final double rate;

  /**
   * Drops this share of the elements.
   *
   * @param rate from 0 inclusive to 1 exclusive
   * @throws IllegalArgumentException if it is not
   */
  public Dropout(double rate) {
    this.rate = requireRate(rate);
  }

  /** Where the random numbers start; default 0. */
  public Dropout seed(long seed) {
    assignSeed(seed);
    return this;
  }

  /** Names the layer. */
  public Dropout name(String name) {
    assignName(name);
    return this;
  }

  @Override
  Op op(long pass) {
    return new io.github.lanewise.op.Dropout(rate, pass);
  }

  @Override
  public boolean stochastic() {
    return rate > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("rate", rate, "seed", seed());
  }

  static Dropout fromConfig(LayerConfig config) {
    return new Dropout(config.real("rate", 0.5)).seed(seed(config));
  }
}
