package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The maximum over all pixels: [n, h, w, c] to [n, c], or to [n, 1, 1, c]. */
public final class GlobalMaxPooling2D extends Layer {

  private boolean keepdims;

  /** A pooling over all pixels. */
  public GlobalMaxPooling2D() {
    super(null);
  }

  /** Whether the output keeps height and width, as 1; default false. */
  public GlobalMaxPooling2D keepdims(boolean keepdims) {
    requireUnbuilt("keepdims");
    this.keepdims = keepdims;
    return this;
  }

  /** Names the layer. */
  public GlobalMaxPooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.GlobalMaxPool2d(keepdims)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("data_format", "channels_last", "keepdims", keepdims);
  }

  static GlobalMaxPooling2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new GlobalMaxPooling2D().keepdims(config.bool("keepdims", false));
  }
}
