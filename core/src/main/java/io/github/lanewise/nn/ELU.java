package io.github.lanewise.nn;

import io.github.lanewise.op.Elu;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code x} where positive, else {@code alpha (exp(x) - 1)}. */
public final class ELU extends Layer {

  private final double alpha;

  /** A layer with this factor, which is 1 in Keras unless given. */
  public ELU(double alpha) {
    super(null);
    this.alpha = alpha;
  }

  /** Names the layer. */
  public ELU name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Elu(alpha)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("alpha", alpha);
  }

  @Override
  public String autoNamePrefix() {
    return "elu";
  }

  static ELU fromConfig(LayerConfig config) {
    return new ELU(config.real("alpha", 1));
  }
}
