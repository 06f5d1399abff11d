package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer: x [..., k] to [..., units].
 *
 * <p>Weights: kernel [k, units] (Glorot's uniform distribution), bias [units] (zeros).
 */
public final class Dense extends Layer {

  private final int units;
  private Activation activation = Activation.LINEAR;
  private boolean useBias = true;
  private @Nullable Initializer kernelInitializer;

  /**
   * A layer of so many outputs.
   *
   * @throws IllegalArgumentException if {@code units} is less than 1
   */
  public Dense(int units) {
    super(null);
    Arguments.atLeast(1, "units", units);
    this.units = units;
  }

  /** Applied to the results; default linear. */
  public Dense activation(Activation activation) {
    requireUnbuilt("activation");
    this.activation = activation;
    return this;
  }

  /** Whether a bias is added; default true. */
  public Dense useBias(boolean useBias) {
    requireUnbuilt("use_bias");
    this.useBias = useBias;
    return this;
  }

  /** How the kernel starts; default Glorot's uniform distribution. */
  public Dense kernelInitializer(Initializer kernelInitializer) {
    requireUnbuilt("kernel_initializer");
    this.kernelInitializer = kernelInitializer;
    return this;
  }

  /** Names the layer. */
  public Dense name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    if (inputs.get(0).rank() < 2) {
      throw new ShapeException("Dense: expected an input [..., k], found " + inputs.get(0));
    }
    int k = inputs.get(0).dim(-1);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel("kernel", Shape.of(k, units), k, units, kernelInitializer));
    if (useBias) {
      parameters.add(new Parameter("bias", Tensor.zeros(units), true));
    }
    return parameters;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    List<OpCall> calls = new ArrayList<>();
    calls.add(new OpCall(new io.github.lanewise.op.Dense(), parameters()));
    if (activation != Activation.LINEAR) {
      calls.add(new OpCall(activation.op()));
    }
    return calls;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "units", units,
        "activation", activation.kerasName(),
        "use_bias", useBias,
        "kernel_initializer", StoredInitializer.config(kernelInitializer),
        "bias_initializer", StoredInitializer.zeros());
  }

  static Dense fromConfig(LayerConfig config) {
    Dense layer =
        new Dense(config.integer("units"))
            .activation(Activation.of(config))
            .useBias(config.bool("use_bias", true));
    layer.kernelInitializer = StoredInitializer.of(config, "kernel_initializer");
    return layer;
  }
}
