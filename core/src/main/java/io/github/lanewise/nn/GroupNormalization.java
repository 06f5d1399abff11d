package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Group normalization (Wu and He 2018) of x [n, ..., c]: each sample's groups of channels by their
 * own mean and biased variance over all pixels. One group is layer normalization over all but the
 * batch, as many groups as channels are instance normalization.
 *
 * <p>Weights, all [c]: gamma (ones; where {@code scale}), beta (zeros; where {@code center}).
 */
public final class GroupNormalization extends Layer {

  private final int groups;
  private int builtGroups = 1;
  private int axis = -1;
  private float epsilon = 1e-3f;
  private boolean scale = true;
  private boolean center = true;

  /**
   * Group normalization with so many groups and Keras's defaults: epsilon 1e-3, scale and center.
   *
   * @param groups divides the channels; -1 for as many as there are channels
   * @throws IllegalArgumentException if groups is neither -1 nor at least 1
   */
  public GroupNormalization(int groups) {
    super(null);
    if (groups != -1) {
      Arguments.atLeast(1, "groups", groups);
    }
    this.groups = groups;
  }

  /** Group normalization with Keras's default of 32 groups. */
  public GroupNormalization() {
    this(32);
  }

  /** Added to the variance; default 1e-3. */
  public GroupNormalization epsilon(double epsilon) {
    requireUnbuilt("epsilon");
    this.epsilon = (float) epsilon;
    return this;
  }

  /** Whether there is a gamma to multiply by; default true. */
  public GroupNormalization scale(boolean scale) {
    requireUnbuilt("scale");
    this.scale = scale;
    return this;
  }

  /** Whether there is a beta to add; default true. */
  public GroupNormalization center(boolean center) {
    requireUnbuilt("center");
    this.center = center;
    return this;
  }

  /** Names the layer. */
  public GroupNormalization name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Arguments.requireLast("GroupNormalization", axis, inputs.get(0));
    Shape shape = Shape.of(inputs.get(0).dim(-1));
    builtGroups = groups == -1 ? shape.size() : groups;
    return NormalizationWeights.gammaAndBeta(shape, scale, center);
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(
        new OpCall(
            new io.github.lanewise.op.GroupNormalization(builtGroups, epsilon, scale, center),
            parameters()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "groups",
        groups,
        "axis",
        -1,
        "epsilon",
        epsilon,
        "center",
        center,
        "scale",
        scale,
        "beta_initializer",
        StoredInitializer.zeros(),
        "gamma_initializer",
        StoredInitializer.ones());
  }

  static GroupNormalization fromConfig(LayerConfig config) {
    GroupNormalization layer =
        new GroupNormalization(config.integer("groups", 32))
            .epsilon(config.real("epsilon", 1e-3))
            .center(config.bool("center", true))
            .scale(config.bool("scale", true));
    layer.axis = Arguments.axis(config, -1);
    return layer;
  }
}
