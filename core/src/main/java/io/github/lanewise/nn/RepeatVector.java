package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same vector several times: [batch, c] to [batch, n, c]. */
public final class RepeatVector extends Layer {

  private final int n;

  /**
   * Repeats so many times.
   *
   * @throws IllegalArgumentException if {@code n} is less than 1
   */
  public RepeatVector(int n) {
    super(null);
    Arguments.atLeast(1, "n", n);
    this.n = n;
  }

  /** Names the layer. */
  public RepeatVector name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.RepeatVector(n)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("n", n);
  }

  static RepeatVector fromConfig(LayerConfig config) {
    return new RepeatVector(config.integer("n"));
  }
}
