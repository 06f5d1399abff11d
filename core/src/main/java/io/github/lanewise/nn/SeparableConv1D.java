package io.github.lanewise.nn;

import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.DepthwiseConv1d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution and a convolution of size 1 on its results: x [n, l, c] to [n, l',
 * filters].
 *
 * <p>Weights: depthwise_kernel [kernelSize, c, depthMultiplier], pointwise_kernel [1, c *
 * depthMultiplier, filters] (Glorot's uniform distribution both), bias [filters] (zeros).
 */
public final class SeparableConv1D extends Layer {

  private final int filters;
  private final int kernelSize;
  private int strides = 1;
  private Padding padding = Padding.VALID;
  private int dilationRate = 1;
  private int depthMultiplier = 1;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;

  /**
   * A convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public SeparableConv1D(int filters, int kernelSize) {
    super(null);
    Arguments.atLeast(1, "filters", filters);
    Arguments.atLeast(1, "kernel_size", kernelSize);
    this.filters = filters;
    this.kernelSize = kernelSize;
  }

  /** Steps from window to window; default 1. */
  public SeparableConv1D strides(int strides) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", strides);
    this.strides = strides;
    return this;
  }

  /** How windows are placed at the borders; default 'valid'. */
  public SeparableConv1D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Steps from element to element within a window; default 1. */
  public SeparableConv1D dilationRate(int dilationRate) {
    requireUnbuilt("dilation_rate");
    Arguments.atLeast(1, "dilation_rate", dilationRate);
    this.dilationRate = dilationRate;
    return this;
  }

  /** Results of the depthwise convolution for each input channel; default 1. */
  public SeparableConv1D depthMultiplier(int depthMultiplier) {
    requireUnbuilt("depth_multiplier");
    Arguments.atLeast(1, "depth_multiplier", depthMultiplier);
    this.depthMultiplier = depthMultiplier;
    return this;
  }

  /** Applied to the results; default linear. */
  public SeparableConv1D activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public SeparableConv1D useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** Names the layer. */
  public SeparableConv1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 3) {
      throw new ShapeException("SeparableConv1D: expected an input [n, l, c], found " + x);
    }
    int channels = x.dim(2);
    int between = channels * depthMultiplier;
    int fanIn = kernelSize * channels;
    int fanOut = kernelSize * depthMultiplier;
    Shape depthwise = Shape.of(kernelSize, channels, depthMultiplier);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel("depthwise_kernel", depthwise, fanIn, fanOut, null));
    parameters.add(
        kernel("pointwise_kernel", Shape.of(1, between, filters), between, filters, null));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(filters), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(new DepthwiseConv1d(strides, padding, dilationRate), parameters().get(0)));
    calls.add(
        new OpCall(
            new Conv1d(1, Padding.VALID, 1, 1), parameters().subList(1, parameters().size())));
    if (activation != Activation.LINEAR) {
      calls.add(new OpCall(activation.op()));
    }
    return calls;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "filters",
        filters,
        "kernel_size",
        new int[] {kernelSize},
        "strides",
        new int[] {strides},
        "padding",
        padding.kerasName(),
        "data_format",
        "channels_last",
        "dilation_rate",
        new int[] {dilationRate},
        "depth_multiplier",
        depthMultiplier,
        "activation",
        activation.kerasName(),
        "use_bias",
        useBias,
        "depthwise_initializer",
        StoredInitializer.config(null),
        "pointwise_initializer",
        StoredInitializer.config(null),
        "bias_initializer",
        StoredInitializer.zeros());
  }

  static SeparableConv1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    return new SeparableConv1D(config.integer("filters"), config.ints("kernel_size", 1, 1)[0])
        .strides(config.ints("strides", 1, 1)[0])
        .padding(Arguments.padding(config))
        .dilationRate(config.ints("dilation_rate", 1, 1)[0])
        .depthMultiplier(config.integer("depth_multiplier", 1))
        .activation(Activation.of(config))
        .useBias(config.bool("use_bias", true));
  }
}
