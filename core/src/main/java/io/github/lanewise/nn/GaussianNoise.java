package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds normal numbers of mean 0 in training; does nothing in inference. Each forward pass of
 * training draws anew, from a stream of its seed.
 */
public final class GaussianNoise extends RandomLayer {

  private final double stddev;

  /**
   * Noise of this standard deviation.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public GaussianNoise(double stddev) {
    if (!(stddev >= 0)) {
      throw new IllegalArgumentException("stddev: expected at least 0, found " + stddev);
    }
    this.stddev = stddev;
  }

  /** Where the random numbers start; default 0. */
  public GaussianNoise seed(long seed) {
    assignSeed(seed);
    return this;
  }

  /** Names the layer. */
  public GaussianNoise name(String name) {
    assignName(name);
    return this;
  }

  @Override
  Op op(long pass) {
    return new io.github.lanewise.op.GaussianNoise(stddev, pass);
  }

  @Override
  public boolean stochastic() {
    return stddev > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("stddev", stddev, "seed", seed());
  }

  static GaussianNoise fromConfig(LayerConfig config) {
    return new GaussianNoise(config.real("stddev", 1)).seed(seed(config));
  }
}
