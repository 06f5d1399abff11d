package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Averages over all pixels: [n, h, w, c] to [n, c], or to [n, 1, 1, c]. */
public final class GlobalAveragePooling2D extends Layer {

  private boolean keepdims;

  /** A pooling over all pixels. */
  public GlobalAveragePooling2D() {
    super(null);
  }

  /** Whether the output keeps height and width, as 1; default false. */
  public GlobalAveragePooling2D keepdims(boolean keepdims) {
    requireUnbuilt("keepdims");
    this.keepdims = keepdims;
    return this;
  }

  /** Names the layer. */
  public GlobalAveragePooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.GlobalAveragePool2d(keepdims)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("data_format", "channels_last", "keepdims", keepdims);
  }

  static GlobalAveragePooling2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new GlobalAveragePooling2D().keepdims(config.bool("keepdims", false));
  }
}
