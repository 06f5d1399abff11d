package io.github.lanewise.nn;

import io.github.lanewise.op.Divide;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Reciprocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of {@link TFOpLambda}, by TensorFlow's names without {@code tf.}. */
enum Arithmetic {
  ADD("math.add", "__operators__.add"),
  SUBTRACT("math.subtract"),
  MULTIPLY("math.multiply"),
  DIVIDE("math.truediv", "math.divide"),
  MAXIMUM("math.maximum"),
  MINIMUM("math.minimum"),
  NEGATIVE("math.negative");

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> names;

  Arithmetic(String... names) {
    this.names = List.of(names);
  }

  /** The function of this name; null if there is none. */
  static @Nullable Arithmetic of(String name) {
    for (Arithmetic function : values()) {
      if (function.names.contains(name)) {
        return function;
      }
    }
    return null;
  }

  /** The names of all functions. */
  static List<String> allNames() {
    List<String> names = new ArrayList<>();
    for (Arithmetic function : values()) {
      names.addAll(function.names);
    }
    return names;
  }

  /** How many tensors or constants the function takes. */
  int operands() {
    return this == NEGATIVE ? 1 : 2;
  }

  /** The ops that compute the function of tensors alone. */
  List<OpCall> ofTensors() {
    return List.of(new OpCall(op()));
  }

  /** The ops that compute the function of a tensor and a constant, in this order. */
  List<OpCall> withSecond(Parameter constant) {
    return List.of(new OpCall(op(), constant));
  }

  /** The ops that compute the function of a constant and a tensor, in this order. */
  List<OpCall> withFirst(Parameter constant) {
    return switch (this) {
      case SUBTRACT -> List.of(rescaled(-1, 0), new OpCall(ADD.op(), constant));
      case DIVIDE -> List.of(new OpCall(new Reciprocal()), new OpCall(MULTIPLY.op(), constant));
      default -> withSecond(constant);
    };
  }

  /** As {@link #withSecond}; null where that is the only way. */
  @Nullable List<OpCall> withSecond(double number) {
    return switch (this) {
      case ADD -> List.of(rescaled(1, number));
      case SUBTRACT -> List.of(rescaled(1, -number));
      case MULTIPLY -> List.of(rescaled(number, 0));
      case DIVIDE -> List.of(rescaled(1 / number, 0));
      default -> null;
    };
  }

  /** As {@link #withFirst}; null where that is the only way. */
  @Nullable List<OpCall> withFirst(double number) {
    return switch (this) {
      case SUBTRACT -> List.of(rescaled(-1, number));
      case DIVIDE -> List.of(new OpCall(new Reciprocal()), rescaled(number, 0));
      default -> withSecond(number);
    };
  }

  private static OpCall rescaled(double scale, double offset) {
    return new OpCall(new io.github.lanewise.op.Rescaling(scale, offset));
  }

  private Op op() {
    return switch (this) {
      case ADD -> new io.github.lanewise.op.Add();
      case SUBTRACT -> new io.github.lanewise.op.Subtract();
      case MULTIPLY -> new io.github.lanewise.op.Multiply();
      case DIVIDE -> new Divide();
      case MAXIMUM -> new io.github.lanewise.op.Maximum();
      case MINIMUM -> new io.github.lanewise.op.Minimum();
      case NEGATIVE -> new io.github.lanewise.op.Rescaling(-1, 0);
    };
  }
}
