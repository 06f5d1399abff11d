package io.github.lanewise.nn;

import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.Padding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Average over windows: [n, l, c] to [n, l', c]. Padding does not count. Strides are the window's
 * size unless given; padding is 'valid' unless given.
 */
public final class AveragePooling1D extends Layer {

  private final int poolSize;
  private int strides;
  private Padding padding = Padding.VALID;

  /**
   * Windows of this size.
   *
   * @throws IllegalArgumentException if the size is less than 1
   */
  public AveragePooling1D(int poolSize) {
    super(null);
    Arguments.atLeast(1, "pool_size", poolSize);
    this.poolSize = poolSize;
    this.strides = poolSize;
  }

  /** Steps from window to window. */
  public AveragePooling1D strides(int strides) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", strides);
    this.strides = strides;
    return this;
  }

  /** How windows are placed at the borders. */
  public AveragePooling1D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Names the layer. */
  public AveragePooling1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return OpCall.onRows(new AveragePool2d(1, poolSize, 1, strides, padding));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "pool_size",
        new int[] {poolSize},
        "padding",
        padding.kerasName(),
        "strides",
        new int[] {strides},
        "data_format",
        "channels_last");
  }

  static AveragePooling1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int poolSize = config.ints("pool_size", 1, 2)[0];
    return new AveragePooling1D(poolSize)
        .strides(config.ints("strides", 1, poolSize)[0])
        .padding(Arguments.padding(config));
  }
}
