package io.github.lanewise.nn;

import io.github.lanewise.op.BatchNormalizationTraining;
import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization over the last dimension (Ioffe and Szegedy 2015). In training it uses the
 * batch's mean and biased variance and updates the moving averages, in inference and while frozen
 * the moving averages, as {@code keras/src/layers/normalization/batch_normalization.py} does.
 *
 * <p>Weights, all [channels]: gamma (ones; where {@code scale}), beta (zeros; where {@code
 * center}), moving_mean (zeros), moving_variance (ones).
 */
public final class BatchNormalization extends Layer {

  private int axis = -1;
  private float momentum = 0.99f;
  private float epsilon = 1e-3f;
  private boolean scale = true;
  private boolean center = true;

  /** Batch normalization with Keras's defaults: momentum 0.99, epsilon 1e-3, scale and center. */
  public BatchNormalization() {
    super(null);
  }

  /** How much of a moving average stays at a step; default 0.99. */
  public BatchNormalization momentum(double momentum) {
    requireUnbuilt("momentum");
    this.momentum = (float) momentum;
    return this;
  }

  /** Added to the variance; default 1e-3. */
  public BatchNormalization epsilon(double epsilon) {
    requireUnbuilt("epsilon");
    this.epsilon = (float) epsilon;
    return this;
  }

  /** Whether there is a gamma to multiply by; default true. */
  public BatchNormalization scale(boolean scale) {
    requireUnbuilt("scale");
    this.scale = scale;
    return this;
  }

  /** Whether there is a beta to add; default true. */
  public BatchNormalization center(boolean center) {
    requireUnbuilt("center");
    this.center = center;
    return this;
  }

  /** Names the layer. */
  public BatchNormalization name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Arguments.requireLast("BatchNormalization", axis, inputs.get(0));
    Shape channels = Shape.of(inputs.get(0).dim(-1));
    List<Parameter> parameters = NormalizationWeights.gammaAndBeta(channels, scale, center);
    parameters.add(new Parameter("moving_mean", Tensor.zeros(channels), false));
    parameters.add(new Parameter("moving_variance", Tensor.full(channels, 1), false));
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    Op op =
        training && trainable()
            ? new BatchNormalizationTraining(epsilon, momentum, scale, center)
            : new io.github.lanewise.op.BatchNormalization(epsilon, scale, center);
    return List.of(new OpCall(op, parameters()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "axis",
        -1,
        "momentum",
        momentum,
        "epsilon",
        epsilon,
        "center",
        center,
        "scale",
        scale,
        "beta_initializer",
        StoredInitializer.zeros(),
        "gamma_initializer",
        StoredInitializer.ones(),
        "moving_mean_initializer",
        StoredInitializer.zeros(),
        "moving_variance_initializer",
        StoredInitializer.ones());
  }

  static BatchNormalization fromConfig(LayerConfig config) {
    BatchNormalization layer =
        new BatchNormalization()
            .momentum(config.real("momentum", 0.99))
            .epsilon(config.real("epsilon", 1e-3))
            .center(config.bool("center", true))
            .scale(config.bool("scale", true));
    layer.axis = Arguments.axis(config, -1);
    return layer;
  }
}
