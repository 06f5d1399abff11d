package io.github.lanewise.nn;

import io.github.lanewise.op.Cropping2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts off a border: x [n, h, w, c] to [n, h - top - bottom, w - left - right, c]. */
public final class Cropping2D extends Layer {

  private final Cropping2d op;

  /**
   * Cuts off so many pixels at each side.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Cropping2D(int top, int bottom, int left, int right) {
    super(null);
    this.op = new Cropping2d(top, bottom, left, right);
  }

  /** Names the layer. */
  public Cropping2D name(String name) {
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
        "cropping",
        List.of(List.of(op.top(), op.bottom()), List.of(op.left(), op.right())),
        "data_format",
        "channels_last");
  }

  @Override
  public String autoNamePrefix() {
    return "cropping2d";
  }

  static Cropping2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] border = Arguments.border(config, "cropping");
    return new Cropping2D(border[0], border[1], border[2], border[3]);
  }
}
