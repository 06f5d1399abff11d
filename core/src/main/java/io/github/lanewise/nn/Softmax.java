package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Softmax over the last dimension. */
public final class Softmax extends Layer {

  private int axis = -1;

  /** A softmax layer. */
  public Softmax() {
    super(null);
  }

  /** Names the layer. */
  public Softmax name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Arguments.requireLast("Softmax", axis, inputs.get(0));
    return List.of();
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Softmax()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("axis", -1);
  }

  static Softmax fromConfig(LayerConfig config) {
    Softmax layer = new Softmax();
    layer.axis = Arguments.axis(config, -1);
    return layer;
  }
}
