package io.github.lanewise.nn;

import io.github.lanewise.op.BatchNormalization;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shifts and scales each channel, the last dimension, by given statistics: {@code (x - mean) /
 * max(sqrt(variance), 1e-7)}, as {@code keras/src/layers/preprocessing/normalization.py} does.
 *
 * <p>Weights, none of which is learned: mean (zeros) and variance (ones), both [channels], and
 * count (0), a scalar; there are none where the statistics are arguments.
 */
public final class Normalization extends Layer {

  /**
   * Added to the variance. As its root is 1e-7, a variance of 0 counts as Keras says; any that
   * float32 pixels have in practice stays what it is.
   */
  private static final float EPSILON = 1e-14f;

  private static final double[] NONE = {};

  private final double[] mean;
  private final double[] variance;
  private int axis = -1;
  private List<Parameter> statistics = List.of();

  /** A layer whose statistics are weights: read from a file, or found by {@link #adapt}. */
  public Normalization() {
    this(NONE, NONE, true);
  }

  /**
   * A layer with these statistics.
   *
   * @param mean one number, or one for each channel
   * @param variance likewise
   * @throws IllegalArgumentException if one is empty
   */
  public Normalization(double[] mean, double[] variance) {
    this(mean, variance, false);
  }

  private Normalization(double[] mean, double[] variance, boolean weights) {
    super(null);
    Arguments.atLeast(weights ? 0 : 1, "number of means and variances", mean.length);
    Arguments.atLeast(weights ? 0 : 1, "number of means and variances", variance.length);
    this.mean = mean.clone();
    this.variance = variance.clone();
  }

  /** Names the layer. */
  public Normalization name(String name) {
    assignName(name);
    return this;
  }

  /**
   * Sets the statistics to those of all values of each channel, in one pass; builds the layer if it
   * is not yet.
   *
   * @param batches tensors [..., channels]
   * @throws IllegalStateException if the statistics are arguments
   * @throws ShapeException if the tensors have other channels than the layer
   * @throws IllegalArgumentException if there are no values
   */
  public void adapt(Iterable<Tensor> batches) {
    if (mean.length > 0) {
      throw new IllegalStateException("Normalization: its mean and variance are arguments");
    }
    long count = 0;
    double[] means = NONE;
    double[] squares = NONE;
    for (Tensor x : batches) {
      build(List.of(x.shape()));
      int channels = statistics.get(0).shape().size();
      if (x.shape().rank() == 0 || x.shape().dim(-1) != channels) {
        throw new ShapeException(
            "Normalization: expected " + channels + " channels, found " + x.shape());
      }
      if (means.length == 0) {
        means = new double[channels];
        squares = new double[channels];
      }
      float[] values = x.toArray();
      for (int i = 0; i < values.length; i += channels) {
        count++;
        for (int c = 0; c < channels; c++) {
          double distance = values[i + c] - means[c];
          means[c] += distance / count;
          squares[c] += distance * (values[i + c] - means[c]);
        }
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("Normalization: expected values to adapt to, found none");
    }
    for (int c = 0; c < means.length; c++) {
      squares[c] /= count;
    }
    statistics.get(0).assign(Arguments.repeated(means, means.length).toArray());
    statistics.get(1).assign(Arguments.repeated(squares, means.length).toArray());
    parameters().get(2).assign((float) count);
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Arguments.requireLast("Normalization", axis, inputs.get(0));
    int channels = inputs.get(0).dim(-1);
    if (mean.length > 0) {
      statistics =
          List.of(
              new Parameter("mean", Arguments.repeated(mean, channels), false),
              new Parameter("variance", Arguments.repeated(variance, channels), false));
      return List.of();
    }
    Parameter zeros = new Parameter("mean", Tensor.zeros(channels), false);
    Parameter ones = new Parameter("variance", Tensor.full(Shape.of(channels), 1), false);
    statistics = List.of(zeros, ones);
    return List.of(zeros, ones, new Parameter("count", Tensor.zeros(), false));
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new BatchNormalization(EPSILON, false, false), statistics));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "axis", -1, "invert", false, "mean", stored(mean), "variance", stored(variance));
  }

  private static @Nullable Object stored(double[] values) {
    return values.length == 0 ? null : Arrays.stream(values).boxed().toList();
  }

  static Normalization fromConfig(LayerConfig config) {
    config.require("invert", false);
    if (config.values().containsKey("axis") && !config.has("axis")) {
      throw config.unexpected("axis", "the last axis", null);
    }
    Normalization layer =
        config.has("mean") && config.has("variance")
            ? new Normalization(config.reals("mean", 0), config.reals("variance", 1))
            : new Normalization();
    layer.axis = Arguments.axis(config, -1);
    return layer;
  }
}
