package io.github.lanewise.nn;

import io.github.lanewise.op.Rectifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code x} where positive, else {@code negativeSlope x}. */
public final class LeakyReLU extends Layer {

  private final double negativeSlope;

  /** A layer with this slope, which is 0.3 in Keras unless given. */
  public LeakyReLU(double negativeSlope) {
    super(null);
    this.negativeSlope = negativeSlope;
  }

  /** Names the layer. */
  public LeakyReLU name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Rectifier(negativeSlope, Double.POSITIVE_INFINITY, 0)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("negative_slope", negativeSlope);
  }

  @Override
  public String autoNamePrefix() {
    return "leaky_re_lu";
  }

  static LeakyReLU fromConfig(LayerConfig config) {
    return new LeakyReLU(config.real("negative_slope", config.real("alpha", 0.3)));
  }
}
