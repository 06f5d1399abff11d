package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flattens all dimensions but the batch: [n, ...] to [n, size]. */
public final class Flatten extends Layer {

  /** A flattening layer. */
  public Flatten() {
    super(null);
  }

  /** Names the layer. */
  public Flatten name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Flatten()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("data_format", "channels_last");
  }

  static Flatten fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new Flatten();
  }
}
