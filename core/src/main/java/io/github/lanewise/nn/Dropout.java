package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops elements in training, each with probability {@code rate}, and divides the others by {@code
 * 1 - rate}; does nothing in inference. Each forward pass of training draws anew, from a stream of
 * its seed.
 */
public final class Dropout extends RandomLayer {

  private final double rate;
  private List<Integer> noiseShape = List.of();

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

  /**
   * Which elements are dropped together, as whole samples or channels; default none.
   *
   * @param noiseShape for each dimension, the batch included, {@link Shape#UNKNOWN} where it is as
   *     in the input, or its size, or 1 where elements are dropped together
   */
  public Dropout noiseShape(int... noiseShape) {
    requireUnbuilt("noise_shape");
    this.noiseShape = Arrays.stream(noiseShape).boxed().toList();
    return this;
  }

  /** Names the layer. */
  public Dropout name(String name) {
    assignName(name);
    return this;
  }

  @Override
  Op op(long pass) {
    return new io.github.lanewise.op.Dropout(rate, pass, noiseShape);
  }

  @Override
  public boolean stochastic() {
    return rate > 0;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    List<@Nullable Object> noise = new ArrayList<>();
    noiseShape.forEach(size -> noise.add(size == Shape.UNKNOWN ? null : size));
    return LayerConfig.arguments(
        "rate", rate, "seed", seed(), "noise_shape", noise.isEmpty() ? null : noise);
  }

  static Dropout fromConfig(LayerConfig config) {
    int[] noise =
        config.list("noise_shape").stream()
            .mapToInt(size -> size instanceof Long given ? Math.toIntExact(given) : Shape.UNKNOWN)
            .toArray();
    return new Dropout(config.real("rate", 0.5)).seed(seed(config)).noiseShape(noise);
  }
}
