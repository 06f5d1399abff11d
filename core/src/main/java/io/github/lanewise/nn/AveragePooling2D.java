package io.github.lanewise.nn;

import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.Padding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Average over windows: [n, h, w, c] to [n, h', w', c]. Padding does not count. Strides are the
 * window's size unless given; padding is 'valid' unless given.
 */
public final class AveragePooling2D extends Layer {

  private final int poolHeight;
  private final int poolWidth;
  private int strideHeight;
  private int strideWidth;
  private Padding padding = Padding.VALID;

  /**
   * Windows of this size.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public AveragePooling2D(int poolHeight, int poolWidth) {
    super(null);
    Arguments.atLeast(1, "pool_size", poolHeight, poolWidth);
    this.poolHeight = poolHeight;
    this.poolWidth = poolWidth;
    this.strideHeight = poolHeight;
    this.strideWidth = poolWidth;
  }

  /**
   * Square windows.
   *
   * @throws IllegalArgumentException if the size is less than 1
   */
  public AveragePooling2D(int poolSize) {
    this(poolSize, poolSize);
  }

  /** Steps from window to window, by height and width. */
  public AveragePooling2D strides(int height, int width) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", height, width);
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** Steps from window to window. */
  public AveragePooling2D strides(int strides) {
    return strides(strides, strides);
  }

  /** How windows are placed at the borders. */
  public AveragePooling2D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Names the layer. */
  public AveragePooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(
        new OpCall(new AveragePool2d(poolHeight, poolWidth, strideHeight, strideWidth, padding)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "pool_size",
        new int[] {poolHeight, poolWidth},
        "padding",
        padding.kerasName(),
        "strides",
        new int[] {strideHeight, strideWidth},
        "data_format",
        "channels_last");
  }

  static AveragePooling2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] pool = config.ints("pool_size", 2, 2);
    int[] strides = config.has("strides") ? config.ints("strides", 2, 2) : pool;
    return new AveragePooling2D(pool[0], pool[1])
        .strides(strides[0], strides[1])
        .padding(Arguments.padding(config));
  }
}
