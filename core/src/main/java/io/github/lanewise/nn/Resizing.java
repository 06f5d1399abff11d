package io.github.lanewise.nn;

import io.github.lanewise.op.Resize2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings pictures to one size whatever their own, as {@code tf.image.resize} does without
 * antialiasing: x [n, h, w, c] to [n, height, width, c].
 */
public final class Resizing extends Layer {

  private final int height;
  private final int width;
  private boolean bilinear = true;

  /**
   * Brings pictures to this size, interpolating between pixels.
   *
   * @throws IllegalArgumentException if a side is less than 1
   */
  public Resizing(int height, int width) {
    super(null);
    Arguments.atLeast(1, "height", height);
    Arguments.atLeast(1, "width", width);
    this.height = height;
    this.width = width;
  }

  /** Whether to interpolate between pixels rather than to take the nearest; default true. */
  public Resizing bilinear(boolean bilinear) {
    requireUnbuilt("interpolation");
    this.bilinear = bilinear;
    return this;
  }

  /** Names the layer. */
  public Resizing name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Resize2d(height, width, bilinear)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "height",
        height,
        "width",
        width,
        "interpolation",
        bilinear ? "bilinear" : "nearest",
        "crop_to_aspect_ratio",
        false);
  }

  static Resizing fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    config.require("crop_to_aspect_ratio", false);
    config.require("pad_to_aspect_ratio", false);
    config.require("antialias", false);
    String interpolation = config.string("interpolation", "bilinear");
    if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
      throw config.unexpected("interpolation", "nearest or bilinear", interpolation);
    }
    return new Resizing(config.integer("height"), config.integer("width"))
        .bilinear(interpolation.equals("bilinear"));
  }
}
