package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies an activation; Keras's {@code Activation} layer. */
public final class ActivationLayer extends Layer {

  private final Activation activation;

  /** A layer that applies this activation. */
  public ActivationLayer(Activation activation) {
    super(null);
    this.activation = activation;
  }

  /** Names the layer. */
  public ActivationLayer name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(activation.op()));
  }

  @Override
  public String kerasClassName() {
    return "Activation";
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("activation", activation.kerasName());
  }

  static ActivationLayer fromConfig(LayerConfig config) {
    return new ActivationLayer(Activation.of(config));
  }
}
