package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of TensorFlow's within a graph, as Keras 2 makes a layer of {@code x * 2.0}: sums,
 * differences, products, quotients, maxima and minima of two tensors, or of one and a constant,
 * element by element; dimensions of 1 stretch. Keras 3 has {@code Operation}s for them.
 *
 * <p>Keras keeps a constant with the call of the layer, here it is an argument of the layer.
 */
public final class TFOpLambda extends Layer {

  private final String functionName;
  private final Arithmetic function;
  private boolean constantFirst;
  private @Nullable Double number;
  private @Nullable Tensor tensor;
  private @Nullable Parameter constant;

  /**
   * A layer that applies this function to its inputs.
   *
   * @param function TensorFlow's name without {@code tf.}: {@code math.multiply}, {@code
   *     __operators__.add}
   * @throws IllegalArgumentException if the function is not known
   */
  public TFOpLambda(String function) {
    super(null);
    Arithmetic known = Arithmetic.of(function);
    if (known == null) {
      throw new IllegalArgumentException(
          "function: expected one of " + Arithmetic.allNames() + ", found '" + function + "'");
    }
    this.functionName = function;
    this.function = known;
  }

  /** A constant that comes before the layer's only input: {@code 1 - x}. */
  public TFOpLambda x(double number) {
    setConstant(true, number, Tensor.scalar((float) number));
    return this;
  }

  /** A constant that comes before the layer's only input. */
  public TFOpLambda x(Tensor constant) {
    setConstant(true, null, constant.copy());
    return this;
  }

  /** A constant that comes after the layer's only input: {@code x - 1}. */
  public TFOpLambda y(double number) {
    setConstant(false, number, Tensor.scalar((float) number));
    return this;
  }

  /** A constant that comes after the layer's only input. */
  public TFOpLambda y(Tensor constant) {
    setConstant(false, null, constant.copy());
    return this;
  }

  private void setConstant(boolean first, @Nullable Double given, Tensor value) {
    requireUnbuilt(first ? "x" : "y");
    if (tensor != null || function.operands() == 1) {
      throw new IllegalArgumentException(functionName + ": expected a tensor, found constants");
    }
    constantFirst = first;
    number = given;
    tensor = value;
  }

  /** Names the layer. */
  public TFOpLambda name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    int expected = function.operands() - (tensor == null ? 0 : 1);
    if (inputs.size() != expected) {
      throw new ShapeException(
          functionName + ": expected " + expected + " inputs, found " + inputs.size());
    }
    if (tensor != null) {
      constant = constant(tensor, inputs.get(0).rank());
    }
    return List.of();
  }

  /** The constant with dimensions of 1 put before its own until it has so many. */
  private static Parameter constant(Tensor value, int rank) {
    int more = Math.max(0, rank - value.shape().rank());
    int[] dims = new int[more + value.shape().rank()];
    Arrays.fill(dims, 1);
    System.arraycopy(value.shape().dims(), 0, dims, more, dims.length - more);
    return new Parameter("constant", value.reshape(Shape.of(dims)), false);
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    if (tensor == null) {
      return function.ofTensors();
    }
    if (number != null) {
      List<OpCall> calls = constantFirst ? function.withFirst(number) : function.withSecond(number);
      if (calls != null) {
        return calls;
      }
    }
    Parameter operand = constant == null ? constant(tensor, 0) : constant;
    return constantFirst ? function.withFirst(operand) : function.withSecond(operand);
  }

  @Override
  public String autoNamePrefix() {
    return "tf." + functionName;
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    Map<String, @Nullable Object> arguments = LayerConfig.arguments("function", functionName);
    if (tensor != null) {
      arguments.put(constantFirst ? "x" : "y", number == null ? NestedLists.of(tensor) : number);
    }
    return arguments;
  }

  static TFOpLambda fromConfig(LayerConfig config) {
    TFOpLambda layer = new TFOpLambda(config.string("function", ""));
    for (String argument : List.of("x", "y")) {
      boolean first = argument.equals("x");
      Object value = config.values().get(argument);
      if (value instanceof Number given) {
        layer.setConstant(first, given.doubleValue(), Tensor.scalar(given.floatValue()));
      } else if (value != null) {
        layer.setConstant(first, null, NestedLists.tensor(config, argument));
      }
    }
    return layer;
  }
}
