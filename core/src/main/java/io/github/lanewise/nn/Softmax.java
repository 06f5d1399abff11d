package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Softmax over one dimension of samples. */
public final class Softmax extends Layer {

  private int axis = -1;

  /** A softmax layer over the last dimension. */
  public Softmax() {
    super(null);
  }

  /** The dimension, the batch being 0; a negative one counts from the end; default -1. */
  public Softmax axis(int axis) {
    requireUnbuilt("axis");
    this.axis = axis;
    return this;
  }

  /** Names the layer. */
  public Softmax name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Softmax(axis)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("axis", axis);
  }

  static Softmax fromConfig(LayerConfig config) {
    return new Softmax().axis(Arguments.axis(config, -1));
  }
}
