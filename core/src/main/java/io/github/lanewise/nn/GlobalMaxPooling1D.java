package io.github.lanewise.nn;

import io.github.lanewise.op.GlobalMaxPool2d;
import io.github.lanewise.op.ToRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maximum over all elements of a sequence: [n, l, c] to [n, c], or to [n, 1, c]. */
public final class GlobalMaxPooling1D extends Layer {

  private boolean keepdims;

  /** A pooling over all elements. */
  public GlobalMaxPooling1D() {
    super(null);
  }

  /** Whether the output keeps the length, as 1; default false. */
  public GlobalMaxPooling1D keepdims(boolean keepdims) {
    requireUnbuilt("keepdims");
    this.keepdims = keepdims;
    return this;
  }

  /** Names the layer. */
  public GlobalMaxPooling1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    GlobalMaxPool2d pool = new GlobalMaxPool2d(keepdims);
    return keepdims ? OpCall.onRows(pool) : List.of(new OpCall(new ToRow()), new OpCall(pool));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("data_format", "channels_last", "keepdims", keepdims);
  }

  static GlobalMaxPooling1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new GlobalMaxPooling1D().keepdims(config.bool("keepdims", false));
  }
}
