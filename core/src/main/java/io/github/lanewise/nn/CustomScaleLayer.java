package io.github.lanewise.nn;

import io.github.lanewise.op.ScaledAdd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code x + scale y} for two inputs of one shape: the residual connection of Inception-ResNet, by
 * the name that it has in {@code keras/src/applications/inception_resnet_v2.py}.
 */
public final class CustomScaleLayer extends Layer {

  private final double scale;

  /** A layer with this factor of its second input. */
  public CustomScaleLayer(double scale) {
    super(null);
    this.scale = scale;
  }

  /** Names the layer. */
  public CustomScaleLayer name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new ScaledAdd(scale)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("scale", scale);
  }

  @Override
  public String kerasModule() {
    return "keras.src.applications.inception_resnet_v2";
  }

  static CustomScaleLayer fromConfig(LayerConfig config) {
    return new CustomScaleLayer(config.real("scale", 1));
  }
}
