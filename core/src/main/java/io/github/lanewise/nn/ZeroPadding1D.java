package io.github.lanewise.nn;

import io.github.lanewise.op.ZeroPadding2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Zeros before and after each sequence: [n, l, c] to [n, before + l + after, c]. */
public final class ZeroPadding1D extends Layer {

  private final int before;
  private final int after;

  /**
   * Different numbers of zeros at the two ends.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding1D(int before, int after) {
    super(null);
    Arguments.atLeast(0, "padding", before, after);
    this.before = before;
    this.after = after;
  }

  /** Names the layer. */
  public ZeroPadding1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return OpCall.onRows(new ZeroPadding2d(0, 0, before, after));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "padding", new int[] {before, after}, "data_format", "channels_last");
  }

  static ZeroPadding1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] ends = config.ints("padding", 2, 1);
    return new ZeroPadding1D(ends[0], ends[1]);
  }
}
