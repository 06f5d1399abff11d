package io.github.lanewise.nn;

import io.github.lanewise.op.UpSampling2d;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Repeats each element of a sequence: x [n, l, c] to [n, l * size, c]. */
public final class UpSampling1D extends Layer {

  private final int size;

  /**
   * Repeats so many times.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public UpSampling1D(int size) {
    super(null);
    Arguments.atLeast(1, "size", size);
    this.size = size;
  }

  /** Names the layer. */
  public UpSampling1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return OpCall.onRows(new UpSampling2d(1, size, false));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("size", size);
  }

  static UpSampling1D fromConfig(LayerConfig config) {
    return new UpSampling1D(config.ints("size", 1, 2)[0]);
  }
}
