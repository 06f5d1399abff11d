package io.github.lanewise.nn;

import io.github.lanewise.op.UpSampling2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enlarges pictures by whole factors: x [n, h, w, c] to [n, h * height, w * width, c]. */
public final class UpSampling2D extends Layer {

  private final int height;
  private final int width;
  private boolean bilinear;

  /**
   * Enlarges by these factors, repeating pixels.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public UpSampling2D(int height, int width) {
    super(null);
    Arguments.atLeast(1, "size", height, width);
    this.height = height;
    this.width = width;
  }

  /** Whether to interpolate between pixels rather than to repeat them; default false. */
  public UpSampling2D bilinear(boolean bilinear) {
    requireUnbuilt("interpolation");
    this.bilinear = bilinear;
    return this;
  }

  /** Names the layer. */
  public UpSampling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new UpSampling2d(height, width, bilinear)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "size",
        new int[] {height, width},
        "data_format",
        "channels_last",
        "interpolation",
        bilinear ? "bilinear" : "nearest");
  }

  @Override
  public String autoNamePrefix() {
    return "up_sampling2d";
  }

  static UpSampling2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] size = config.ints("size", 2, 2);
    String interpolation = config.string("interpolation", "nearest");
    if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
      throw config.unexpected("interpolation", "nearest or bilinear", interpolation);
    }
    return new UpSampling2D(size[0], size[1]).bilinear(interpolation.equals("bilinear"));
  }
}
