package io.github.lanewise.nn;

import static io.github.lanewise.op.Conv2dTranspose.UNSPECIFIED;

import io.github.lanewise.op.Conv2dTranspose;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transposed two-dimensional convolution, which enlarges: x [n, h, w, c] to [n, h', w', filters].
 *
 * <p>Weights: kernel [height, width, filters, c] (Glorot's uniform distribution), bias [filters]
 * (zeros).
 */
public final class Conv2DTranspose extends Layer {

  private final int filters;
  private final int kernelHeight;
  private final int kernelWidth;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private Padding padding = Padding.VALID;
  private int outputPaddingHeight = UNSPECIFIED;
  private int outputPaddingWidth = UNSPECIFIED;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;
  private @Nullable Initializer kernelInitializer;

  /**
   * A transposed convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Conv2DTranspose(int filters, int kernelHeight, int kernelWidth) {
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
  public Conv2DTranspose(int filters, int kernelSize) {
    this(filters, kernelSize, kernelSize);
  }

  /** How many times larger the output is, roughly, by height and width; default 1. */
  public Conv2DTranspose strides(int height, int width) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", height, width);
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** How many times larger the output is, roughly; default 1. */
  public Conv2DTranspose strides(int strides) {
    return strides(strides, strides);
  }

  /** How windows are placed at the borders of the output; default 'valid'. */
  public Conv2DTranspose padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    return this;
  }

  /**
   * Rows and columns added to the output, less than the strides. By default the output is as large
   * as {@code strides} times the input, and larger by what the kernel is larger than the strides
   * where padding is valid.
   */
  public Conv2DTranspose outputPadding(int height, int width) {
    requireUnbuilt("output_padding");
    Arguments.atLeast(0, "output_padding", height, width);
    outputPaddingHeight = height;
    outputPaddingWidth = width;
    return this;
  }

  /** Applied to the results; default linear. */
  public Conv2DTranspose activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public Conv2DTranspose useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** How the kernel starts; default Glorot's uniform distribution. */
  public Conv2DTranspose kernelInitializer(Initializer kernelInitializer) {
    requireUnbuilt("kernel_initializer");
    this.kernelInitializer = kernelInitializer;
    return this;
  }

  /** Names the layer. */
  public Conv2DTranspose name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 4) {
      throw new ShapeException("Conv2DTranspose: expected an input [n, h, w, c], found " + x);
    }
    int taps = kernelHeight * kernelWidth;
    Shape shape = Shape.of(kernelHeight, kernelWidth, filters, x.dim(3));
    List<Parameter> parameters = new ArrayList<>();
    // Keras takes the last but one dimension for what comes in.
    parameters.add(kernel("kernel", shape, taps * filters, taps * x.dim(3), kernelInitializer));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(filters), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    Conv2dTranspose op =
        new Conv2dTranspose(
            strideHeight, strideWidth, padding, outputPaddingHeight, outputPaddingWidth);
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(op, parameters()));
    if (activation != Activation.LINEAR) {
      calls.add(new OpCall(activation.op()));
    }
    return calls;
  }

  @Override
  public String autoNamePrefix() {
    return "conv2d_transpose";
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
        new int[] {1, 1},
        "groups",
        1,
        "activation",
        activation.kerasName(),
        "use_bias",
        useBias,
        "kernel_initializer",
        StoredInitializer.config(kernelInitializer),
        "bias_initializer",
        StoredInitializer.zeros(),
        "output_padding",
        outputPaddingHeight == UNSPECIFIED
            ? null
            : new int[] {outputPaddingHeight, outputPaddingWidth});
  }

  static Conv2DTranspose fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    config.require("groups", 1);
    int[] kernel = config.ints("kernel_size", 2, 1);
    int[] strides = config.ints("strides", 2, 1);
    int[] dilation = config.ints("dilation_rate", 2, 1);
    if (dilation[0] != 1 || dilation[1] != 1) {
      throw config.unexpected("dilation_rate", "1", config.values().get("dilation_rate"));
    }
    Conv2DTranspose layer =
        new Conv2DTranspose(config.integer("filters"), kernel[0], kernel[1])
            .strides(strides[0], strides[1])
            .padding(Arguments.padding(config))
            .activation(Activation.of(config))
            .useBias(config.bool("use_bias", true));
    layer.kernelInitializer = StoredInitializer.of(config, "kernel_initializer");
    if (config.has("output_padding")) {
      int[] more = config.ints("output_padding", 2, 0);
      layer.outputPadding(more[0], more[1]);
    }
    return layer;
  }
}
