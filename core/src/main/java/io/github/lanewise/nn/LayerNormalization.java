package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization (Ba et al. 2016) over the last dimension or several last ones, each sample by
 * its own mean and biased variance.
 *
 * <p>Weights, of the dimensions normalized over: gamma (ones; where {@code scale}), beta (zeros;
 * where {@code center}).
 */
public final class LayerNormalization extends Layer {

  private int[] axis = {-1};
  private int axes = 1;
  private float epsilon = 1e-3f;
  private boolean scale = true;
  private boolean center = true;

  /** Layer normalization with Keras's defaults: the last axis, epsilon 1e-3, scale and center. */
  public LayerNormalization() {
    super(null);
  }

  /**
   * The dimensions to normalize over, the last ones in ascending order, counted with the batch as
   * 0; negative ones count from the end. Default -1.
   */
  public LayerNormalization axis(int... axis) {
    requireUnbuilt("axis");
    this.axis = axis.clone();
    return this;
  }

  /** Added to the variance; default 1e-3. */
  public LayerNormalization epsilon(double epsilon) {
    requireUnbuilt("epsilon");
    this.epsilon = (float) epsilon;
    return this;
  }

  /** Whether there is a gamma to multiply by; default true. */
  public LayerNormalization scale(boolean scale) {
    requireUnbuilt("scale");
    this.scale = scale;
    return this;
  }

  /** Whether there is a beta to add; default true. */
  public LayerNormalization center(boolean center) {
    requireUnbuilt("center");
    this.center = center;
    return this;
  }

  /** Names the layer. */
  public LayerNormalization name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    for (int i = 0; i < axis.length; i++) {
      int at = axis[i] < 0 ? axis[i] + x.rank() : axis[i];
      if (at < 1 || at != x.rank() - axis.length + i) {
        throw new ShapeException(
            "LayerNormalization: expected the last axes in ascending order, found "
                + Arrays.toString(axis)
                + " of an input "
                + x);
      }
    }
    axes = axis.length;
    Shape shape = Shape.of(Arrays.copyOfRange(x.dims(), x.rank() - axes, x.rank()));
    return NormalizationWeights.gammaAndBeta(shape, scale, center);
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(
        new OpCall(
            new io.github.lanewise.op.LayerNormalization(axes, epsilon, scale, center),
            parameters()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "axis",
        axis.length == 1 ? axis[0] : axis,
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

  static LayerNormalization fromConfig(LayerConfig config) {
    config.require("rms_scaling", false);
    int count = config.values().get("axis") instanceof List<?> list ? list.size() : 1;
    return new LayerNormalization()
        .axis(config.ints("axis", count, -1))
        .epsilon(config.real("epsilon", 1e-3))
        .center(config.bool("center", true))
        .scale(config.bool("scale", true));
  }
}
