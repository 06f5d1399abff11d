package io.github.lanewise.nn;

import io.github.lanewise.op.ZeroPadding2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A border of zeros around each picture: [n, h, w, c] to [n, top + h + bottom, left + w + right,
 * c].
 */
public final class ZeroPadding2D extends Layer {

  private final ZeroPadding2d op;

  /**
   * A border of different widths.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding2D(int top, int bottom, int left, int right) {
    super(null);
    Arguments.atLeast(0, "padding", top, bottom, left, right);
    this.op = new ZeroPadding2d(top, bottom, left, right);
  }

  /**
   * The same border on all sides.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ZeroPadding2D(int padding) {
    this(padding, padding, padding, padding);
  }

  /** Names the layer. */
  public ZeroPadding2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(op));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "padding",
        List.of(List.of(op.top(), op.bottom()), List.of(op.left(), op.right())),
        "data_format",
        "channels_last");
  }

  static ZeroPadding2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] border = Arguments.border(config, "padding");
    return new ZeroPadding2D(border[0], border[1], border[2], border[3]);
  }
}
