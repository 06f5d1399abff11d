package io.github.lanewise.nn;

import io.github.lanewise.op.Cropping2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts off both ends of each sequence: [n, l, c] to [n, l - before - after, c]. */
public final class Cropping1D extends Layer {

  private final int before;
  private final int after;

  /**
   * Cuts off so many elements at the two ends.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Cropping1D(int before, int after) {
    super(null);
    Arguments.atLeast(0, "cropping", before, after);
    this.before = before;
    this.after = after;
  }

  /** Names the layer. */
  public Cropping1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return OpCall.onRows(new Cropping2d(0, 0, before, after));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "cropping", new int[] {before, after}, "data_format", "channels_last");
  }

  static Cropping1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] ends = config.ints("cropping", 2, 1);
    return new Cropping1D(ends[0], ends[1]);
  }
}
