package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code scale x + offset}. */
public final class Rescaling extends Layer {

  private final double scale;
  private final double offset;

  /** A layer with this factor and this offset. */
  public Rescaling(double scale, double offset) {
    super(null);
    this.scale = scale;
    this.offset = offset;
  }

  /** Names the layer. */
  public Rescaling name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Rescaling(scale, offset)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("scale", scale, "offset", offset);
  }

  static Rescaling fromConfig(LayerConfig config) {
    return new Rescaling(config.real("scale", 1), config.real("offset", 0));
  }
}
