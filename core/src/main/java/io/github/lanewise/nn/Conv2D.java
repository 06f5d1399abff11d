package io.github.lanewise.nn;

import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional convolution: x [n, h, w, c] to [n, h', w', filters].
 *
 * <p>Weights: kernel [height, width, c / groups, filters] (Glorot's uniform distribution), bias
 * [filters] (zeros).
 */
public final class Conv2D extends Layer {

  private final int filters;
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
  private int groups = 1;

  /**
   * A convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Conv2D(int filters, int kernelHeight, int kernelWidth) {
    super(null);
    Arguments.atLeast(1, "filters", filters);
    Arguments.atLeast(1, "kernel_size", kernelHeight, kernelWidth);
    this.filters = filters;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /**
   * A square kernel.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Conv2D(int filters, int kernelSize) {
    this(filters, kernelSize, kernelSize);
  }

  /** Steps from window to window, by height and width; default 1. */
  public Conv2D strides(int height, int width) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", height, width);
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** Steps from window to window; default 1. */
  public Conv2D strides(int strides) {
    return strides(strides, strides);
  }

  /** How windows are placed at the borders; default 'valid'. */
  public Conv2D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /** Steps from pixel to pixel within a window, by height and width; default 1. */
  public Conv2D dilationRate(int height, int width) {
    requireUnbuilt("dilation_rate");
    Arguments.atLeast(1, "dilation_rate", height, width);
    dilationHeight = height;
    dilationWidth = width;
    return this;
  }

  /** Steps from pixel to pixel within a window; default 1. */
  public Conv2D dilationRate(int dilationRate) {
    return dilationRate(dilationRate, dilationRate);
  }

  /** Groups of channels that do not see each other; default 1. */
  public Conv2D groups(int groups) {
    requireUnbuilt("groups");
    Arguments.atLeast(1, "groups", groups);
    this.groups = groups;
    return this;
  }

  /** Applied to the results; default linear. */
  public Conv2D activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public Conv2D useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** How the kernel starts; default Glorot's uniform distribution. */
  public Conv2D kernelInitializer(Initializer kernelInitializer) {
    requireUnbuilt("kernel_initializer");
    this.kernelInitializer = kernelInitializer;
    return this;
  }

  /** Names the layer. */
  public Conv2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 4 || x.dim(3) % groups != 0 || filters % groups != 0) {
      throw new ShapeException(
          "Conv2D: expected an input [n, h, w, c] and "
              + filters
              + " filters in "
              + groups
              + " groups, found "
              + x);
    }
    int channels = x.dim(3) / groups;
    int taps = kernelHeight * kernelWidth;
    Shape shape = Shape.of(kernelHeight, kernelWidth, channels, filters);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel("kernel", shape, taps * channels, taps * filters, kernelInitializer));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(filters), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    Conv2d op =
        new Conv2d(strideHeight, strideWidth, padding, dilationHeight, dilationWidth, groups);
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(op, parameters()));
    if (activation != Activation.LINEAR) {
      calls.add(new OpCall(activation.op()));
    }
    return calls;
  }

  @Override
  public String autoNamePrefix() {
    return "conv2d";
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "filters",
        filters,
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
        "groups",
        groups,
        "activation",
        activation.kerasName(),
        "use_bias",
        useBias,
        "kernel_initializer",
        StoredInitializer.config(kernelInitializer),
        "bias_initializer",
        StoredInitializer.zeros());
  }

  static Conv2D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    int[] kernel = config.ints("kernel_size", 2, 1);
    int[] strides = config.ints("strides", 2, 1);
    int[] dilation = config.ints("dilation_rate", 2, 1);
    Conv2D layer =
        new Conv2D(config.integer("filters"), kernel[0], kernel[1])
            .strides(strides[0], strides[1])
            .padding(Arguments.padding(config))
            .dilationRate(dilation[0], dilation[1])
            .groups(config.integer("groups", 1))
            .activation(Activation.of(config))
            .useBias(config.bool("use_bias", true));
    layer.kernelInitializer = StoredInitializer.of(config, "kernel_initializer");
    return layer;
  }
}
