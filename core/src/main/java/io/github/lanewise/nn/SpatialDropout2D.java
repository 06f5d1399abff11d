package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import io.github.lanewise.op.SpatialDropout;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops whole channels in training, [h, w] of a sample together, each with probability {@code
 * rate}, and divides the others by {@code 1 - rate}; does nothing in inference. Each forward pass
 * of training draws anew, from a stream of its seed.
 */
public final class SpatialDropout2D extends RandomLayer {

  private final double rate;

  /**
   * Drops this share of the channels.
   *
   * @param rate from 0 inclusive to 1 exclusive
   * @throws IllegalArgumentException if it is not
   */
  public SpatialDropout2D(double rate) {
    this.rate = requireRate(rate);
  }

  /** Where the random numbers start; default 0. */
  public SpatialDropout2D seed(long seed) {
    assignSeed(seed);
    return this;
  }

  /** Names the layer. */
  public SpatialDropout2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    if (inputs.get(0).rank() != 4) {
      throw new ShapeException(
          "SpatialDropout2D: expected an input [n, h, w, c], found " + inputs.get(0));
    }
    return List.of();
  }

  @Override
  Op op(long pass) {
    return new SpatialDropout(rate, pass);
  }

  @Override
  public boolean stochastic() {
    return rate > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("rate", rate, "seed", seed(), "data_format", "channels_last");
  }

  static SpatialDropout2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new SpatialDropout2D(config.real("rate", 0.5)).seed(seed(config));
  }
}
