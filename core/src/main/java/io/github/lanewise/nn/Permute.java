package io.github.lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reorders the dimensions of samples. */
public final class Permute extends Layer {

  private final List<Integer> dims;

  /**
   * Reorders dimensions: the output's i-th is the input's {@code dims[i - 1]}-th, the batch being
   * 0.
   *
   * @throws IllegalArgumentException if they are not 1 to n in some order
   */
  public Permute(int... dims) {
    super(null);
    this.dims = Arrays.stream(dims).boxed().toList();
    new io.github.lanewise.op.Permute(this.dims);
  }

  /** Names the layer. */
  public Permute name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Permute(dims)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("dims", dims);
  }

  static Permute fromConfig(LayerConfig config) {
    return new Permute(config.ints("dims", config.list("dims").size(), 1));
  }
}
