package io.github.lanewise.nn;

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
 * Depthwise convolution, each channel by itself: x [n, h, w, c] to [n, h', w', c *
 * depthMultiplier].
 *
 * <p>Weights: depthwise_kernel [height, width, c, depthMultiplier] (Glorot's uniform distribution),
 * bias [c * depthMultiplier] (zeros).
 */
public final class DepthwiseConv2D extends Layer {

  private final int kernelHeight;
  private final int kernelWidth;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private Padding padding = Padding.VALID;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;
  private @Nullable Initializer kernelInitializer;
  private int depthMultiplier = 1;

  /**
   * A convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public DepthwiseConv2D(int kernelHeight, int kernelWidth) {
    super(null);
    Arguments.atLeast(1, "kernel_size", kernelHeight, kernelWidth);
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /**
   * A square kernel.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public DepthwiseConv2D(int kernelSize) {
    this(kernelSize, kernelSize);
  }

  /** Steps from window to window, by height and width; default 1. */
  public DepthwiseConv2D strides(int height, int width) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", height, width);
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** Steps from window to window; default 1. */
  public DepthwiseConv2D strides(int strides) {
    return strides(strides, strides);
  }

  /** How windows are placed at the borders; default 'valid'. */
  public DepthwiseConv2D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Steps from pixel to pixel within a window, by height and width; default 1. */
  public DepthwiseConv2D dilationRate(int height, int width) {
    requireUnbuilt("dilation_rate");
    Arguments.atLeast(1, "dilation_rate", height, width);
    dilationHeight = height;
    dilationWidth = width;
    return this;
  }

  /** Steps from pixel to pixel within a window; default 1. */
  public DepthwiseConv2D dilationRate(int dilationRate) {
    return dilationRate(dilationRate, dilationRate);
  }

  /** Outputs a channel; default 1. */
  public DepthwiseConv2D depthMultiplier(int depthMultiplier) {
    requireUnbuilt("depth_multiplier");
    Arguments.atLeast(1, "depth_multiplier", depthMultiplier);
    this.depthMultiplier = depthMultiplier;
    return this;
  }

  /** Applied to the results; default linear. */
  public DepthwiseConv2D activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public DepthwiseConv2D useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** How the kernel starts; default Glorot's uniform distribution. */
  public DepthwiseConv2D depthwiseInitializer(Initializer kernelInitializer) {
    requireUnbuilt("depthwise_initializer");
    this.kernelInitializer = kernelInitializer;
    return this;
  }

  /** Names the layer. */
  public DepthwiseConv2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 4) {
      throw new ShapeException("DepthwiseConv2D: expected an input [n, h, w, c], found " + x);
    }
    int channels = x.dim(3);
    int taps = kernelHeight * kernelWidth;
    Shape shape = Shape.of(kernelHeight, kernelWidth, channels, depthMultiplier);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        kernel(
            "depthwise_kernel", shape, taps * channels, taps * depthMultiplier, kernelInitializer));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(channels * depthMultiplier), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    DepthwiseConv2d op =
        new DepthwiseConv2d(strideHeight, strideWidth, padding, dilationHeight, dilationWidth);
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(op, parameters()));
    if (activation != Activation.LINEAR) {
      calls.add(new OpCall(activation.op()));
    }
    return calls;
  }

  @Override
  public String autoNamePrefix() {
    return "depthwise_conv2d";
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "kernel_size",
        new int[] {kernelHeight, kernelWidth},
        "strides",
        new int[] {strideHeight, strideWidth},
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
        StoredInitializer.config(kernelInitializer),
        "bias_initializer",
        StoredInitializer.zeros());
  }

  static DepthwiseConv2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] kernel = config.ints("kernel_size", 2, 1);
    int[] strides = config.ints("strides", 2, 1);
    int[] dilation = config.ints("dilation_rate", 2, 1);
    DepthwiseConv2D layer =
        new DepthwiseConv2D(kernel[0], kernel[1])
            .strides(strides[0], strides[1])
            .padding(Arguments.padding(config))
            .dilationRate(dilation[0], dilation[1])
            .depthMultiplier(config.integer("depth_multiplier", 1))
            .activation(Activation.of(config))
            .useBias(config.bool("use_bias", true));
    layer.kernelInitializer = StoredInitializer.of(config, "depthwise_initializer");
    return layer;
  }
}
