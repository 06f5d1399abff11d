package io.github.lanewise.nn;

import io.github.lanewise.op.Concat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins inputs along one dimension. */
public final class Concatenate extends Layer {

  private int axis = -1;

  /** A concatenation along the last dimension. */
  public Concatenate() {
    super(null);
  }

  /** The dimension, counted with the batch as 0; a negative one counts from the end. Default -1. */
  public Concatenate axis(int axis) {
    requireUnbuilt("axis");
    this.axis = axis;
    return this;
  }

  /** Names the layer. */
  public Concatenate name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Concat(axis)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("axis", axis);
  }

  static Concatenate fromConfig(LayerConfig config) {
    return new Concatenate().axis(config.integer("axis", -1));
  }
}
