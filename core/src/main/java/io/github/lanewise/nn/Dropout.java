package io.github.lanewise.nn;

import io.github.lanewise.op.CounterRandom;
import io.github.lanewise.op.Identity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops elements in training, each with probability {@code rate}, and divides the others by {@code
 * 1 - rate}; does nothing in inference. Each forward pass of training draws anew, from a stream of
 * its seed.
 */
public final class Dropout extends Layer {

  private final double rate;
  private long seed;
  private long passes;

  /**
   * Drops this share of the elements.
   *
   * @param rate from 0 inclusive to 1 exclusive
   * @throws IllegalArgumentException if it is not
   */
  public Dropout(double rate) {
    super(null);
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate: expected at least 0 and below 1, found " + rate);
    }
    this.rate = rate;
  }

  /** Where the random numbers start; default 0. */
  public Dropout seed(long seed) {
    this.seed = seed;
    this.passes = 0;
    return this;
  }

  /** Names the layer. */
  public Dropout name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    if (!training || rate == 0) {
      return List.of(new OpCall(new Identity()));
    }
    long pass = CounterRandom.bits(seed, passes++);
    return List.of(new OpCall(new io.github.lanewise.op.Dropout(rate, pass)));
  }

  @Override
  public boolean stochastic() {
    return rate > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("rate", rate, "seed", seed);
  }

  static Dropout fromConfig(LayerConfig config) {
    return new Dropout(config.real("rate", 0.5)).seed((long) config.real("seed", 0));
  }
}
