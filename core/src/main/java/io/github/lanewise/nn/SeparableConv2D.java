package io.github.lanewise.nn;

import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.DepthwiseConv2d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution and a 1x1 convolution on its results: x [n, h, w, c] to [n, h', w',
 * filters].
 *
 * <p>Weights: depthwise_kernel [height, width, c, depthMultiplier], pointwise_kernel [1, 1, c *
 * depthMultiplier, filters] (Glorot's uniform distribution both), bias [filters] (zeros).
 */
public final class SeparableConv2D extends Layer {

  private final int filters;
  private final int kernelHeight;
  private final int kernelWidth;
  private int strides = 1;
  private Padding padding = Padding.VALID;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private int depthMultiplier = 1;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;

  /**
   * A convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public SeparableConv2D(int filters, int kernelHeight, int kernelWidth) {
    super(null);
    Arguments.atLeast(1, "filters", filters);
    Arguments.atLeast(1, "kernel_size", kernelHeight, kernelWidth);
    this.filters = filters;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /** Steps from window to window, in both directions; default 1. */
  public SeparableConv2D strides(int strides) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", strides);
    this.strides = strides;
    return this;
  }

  /** How windows are placed at the borders; default 'valid'. */
  public SeparableConv2D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Steps from pixel to pixel within a window, by height and width; default 1. */
  public SeparableConv2D dilationRate(int height, int width) {
    requireUnbuilt("dilation_rate");
    Arguments.atLeast(1, "dilation_rate", height, width);
    dilationHeight = height;
    dilationWidth = width;
    return this;
  }

  /** Results of the depthwise convolution for each input channel; default 1. */
  public SeparableConv2D depthMultiplier(int depthMultiplier) {
    requireUnbuilt("depth_multiplier");
    Arguments.atLeast(1, "depth_multiplier", depthMultiplier);
    this.depthMultiplier = depthMultiplier;
    return this;
  }

  /** Applied to the results; default linear. */
  public SeparableConv2D activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public SeparableConv2D useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** Names the layer. */
  public SeparableConv2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 4) {
      throw new ShapeException("SeparableConv2D: expected an input [n, h, w, c], found " + x);
    }
    int channels = x.dim(3);
    int taps = kernelHeight * kernelWidth;
    int between = channels * depthMultiplier;
    Shape depthwise = Shape.of(kernelHeight, kernelWidth, channels, depthMultiplier);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        kernel("depthwise_kernel", depthwise, taps * channels, taps * depthMultiplier, null));
    parameters.add(
        kernel("pointwise_kernel", Shape.of(1, 1, between, filters), between, filters, null));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(filters), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    DepthwiseConv2d depthwise =
        new DepthwiseConv2d(strides, strides, padding, dilationHeight, dilationWidth);
    List<Parameter> pointwise = parameters().subList(1, parameters().size());
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(depthwise, parameters().get(0)));
    calls.add(new OpCall(Conv2d.of(Padding.VALID), pointwise));
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
        new int[] {kernelHeight, kernelWidth},
        "strides",
        new int[] {strides, strides},
        "padding",
        padding.kerasName(),
        "data_format",
        "channels_last",
        "dilation_rate",
        new int[] {dilationHeight, dilationWidth},
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

  static SeparableConv2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] kernel = config.ints("kernel_size", 2, 1);
    int[] strides = config.ints("strides", 2, 1);
    int[] dilation = config.ints("dilation_rate", 2, 1);
    if (strides[0] != strides[1]) {
      throw config.unexpected("strides", "equal strides", config.values().get("strides"));
    }
    return new SeparableConv2D(config.integer("filters"), kernel[0], kernel[1])
        .strides(strides[0])
        .padding(Arguments.padding(config))
        .dilationRate(dilation[0], dilation[1])
        .depthMultiplier(config.integer("depth_multiplier", 1))
        .activation(Activation.of(config))
        .useBias(config.bool("use_bias", true));
  }

  @Override
  public String autoNamePrefix() {
    return "separable_conv2d";
  }
}
