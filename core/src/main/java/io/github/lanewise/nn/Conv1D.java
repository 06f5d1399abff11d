package io.github.lanewise.nn;

import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.op.ZeroPadding2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One-dimensional convolution: x [n, l, c] to [n, l', filters].
 *
 * <p>Weights: kernel [kernelSize, c / groups, filters] (Glorot's uniform distribution), bias
 * [filters] (zeros).
 */
public final class Conv1D extends Layer {

  private final int filters;
  private final int kernelSize;
  private int strides = 1;
  private Padding padding = Padding.VALID;
  private boolean causal;
  private int dilationRate = 1;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;
  private @Nullable Initializer kernelInitializer;
  private int groups = 1;

  /**
   * A convolution with a kernel of this size.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Conv1D(int filters, int kernelSize) {
    super(null);
    Arguments.atLeast(1, "filters", filters);
    Arguments.atLeast(1, "kernel_size", kernelSize);
    this.filters = filters;
    this.kernelSize = kernelSize;
  }

  /** Steps from window to window; default 1. */
  public Conv1D strides(int strides) {
    requireUnbuilt("strides");
    Arguments.atLeast(1, "strides", strides);
    this.strides = strides;
    return this;
  }

  /** How windows are placed at the borders; default 'valid'. */
  public Conv1D padding(Padding padding) {
    requireUnbuilt("padding");
    this.padding = padding;
    this.causal = false;
    return this;
  }

  /**
   * Keras's padding 'causal': zeros before the first element alone, so many that each window ends
   * where its output lies.
   */
  public Conv1D causal() {
    padding(Padding.VALID);
    this.causal = true;
    return this;
  }

  /** Steps from element to element within a window; default 1. */
  public Conv1D dilationRate(int dilationRate) {
    requireUnbuilt("dilation_rate");
    Arguments.atLeast(1, "dilation_rate", dilationRate);
    this.dilationRate = dilationRate;
    return this;
  }

  /** Groups of channels that do not see each other; default 1. */
  public Conv1D groups(int groups) {
    requireUnbuilt("groups");
    Arguments.atLeast(1, "groups", groups);
    this.groups = groups;
    return this;
  }

  /** Applied to the results; default linear. */
  public Conv1D activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public Conv1D useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** How the kernel starts; default Glorot's uniform distribution. */
  public Conv1D kernelInitializer(Initializer kernelInitializer) {
    requireUnbuilt("kernel_initializer");
    this.kernelInitializer = kernelInitializer;
    return this;
  }

  /** Names the layer. */
  public Conv1D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() != 3 || x.dim(2) % groups != 0 || filters % groups != 0) {
      throw new ShapeException(
          "Conv1D: expected an input [n, l, c] and "
              + filters
              + " filters in "
              + groups
              + " groups, found "
              + x);
    }
    int channels = x.dim(2) / groups;
    Shape shape = Shape.of(kernelSize, channels, filters);
    int fanIn = kernelSize * channels;
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel("kernel", shape, fanIn, kernelSize * filters, kernelInitializer));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(filters), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    List<OpCall> calls = new ArrayList<>();
    if (causal) {
      int before = (kernelSize - 1) * dilationRate;
      calls.addAll(OpCall.onRows(new ZeroPadding2d(0, 0, before, 0)));
    }
    calls.add(new OpCall(new Conv1d(strides, padding, dilationRate, groups), parameters()));
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
        causal ? "causal" : padding.kerasName(),
        "data_format",
        "channels_last",
        "dilation_rate",
        new int[] {dilationRate},
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

  static Conv1D fromConfig(LayerConfig config) {
    config.require("data_format", "channels_last");
    Conv1D layer =
        new Conv1D(config.integer("filters"), config.ints("kernel_size", 1, 1)[0])
            .strides(config.ints("strides", 1, 1)[0])
            .dilationRate(config.ints("dilation_rate", 1, 1)[0])
            .groups(config.integer("groups", 1))
            .activation(Activation.of(config))
            .useBias(config.bool("use_bias", true));
    if (config.string("padding", "valid").equals("causal")) {
      layer.causal();
    } else {
      layer.padding(Arguments.padding(config));
    }
    layer.kernelInitializer = StoredInitializer.of(config, "kernel_initializer");
    return layer;
  }
}
