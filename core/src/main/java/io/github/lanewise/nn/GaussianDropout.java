package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies elements in training by normal numbers of mean 1 and variance {@code rate / (1 -
 * rate)}; does nothing in inference. Each forward pass of training draws anew, from a stream of its
 * seed.
 */
public final class GaussianDropout extends RandomLayer {

  private final double rate;

  /**
   * As much noise as dropout of this share makes.
   *
   * @param rate from 0 inclusive to 1 exclusive
   * @throws IllegalArgumentException if it is not
   */
  public GaussianDropout(double rate) {
    this.rate = requireRate(rate);
  }

  /** Where the random numbers start; default 0. */
  public GaussianDropout seed(long seed) {
    assignSeed(seed);
    return this;
  }

  /** Names the layer. */
  public GaussianDropout name(String name) {
    assignName(name);
    return this;
  }

  @Override
  Op op(long pass) {
    return new io.github.lanewise.op.GaussianDropout(rate, pass);
  }

  @Override
  public boolean stochastic() {
    return rate > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("rate", rate, "seed", seed());
  }

  static GaussianDropout fromConfig(LayerConfig config) {
    return new GaussianDropout(config.real("rate", 0.5)).seed(seed(config));
  }
}
