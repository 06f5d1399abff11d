package io.github.lanewise.nn;

import io.github.lanewise.op.Elu;
import io.github.lanewise.op.Exponential;
import io.github.lanewise.op.Gelu;
import io.github.lanewise.op.HardSigmoid;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Rectifier;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.op.Softplus;
import io.github.lanewise.op.Softsign;
import io.github.lanewise.op.Swish;
import io.github.lanewise.op.Tanh;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a layer applies to its results, by Keras's names; formulas as in Keras 3. */
public enum Activation {
  /** Nothing. */
  LINEAR(new Identity()),
  /** {@code max(x, 0)}. */
  RELU(new Relu()),
  /** {@code min(max(x, 0), 6)}. */
  RELU6(new Rectifier(0, 6, 0)),
  /** {@code x} where positive, else {@code 0.2 x}. */
  LEAKY_RELU(new Rectifier(0.2, Double.POSITIVE_INFINITY, 0)),
  /** {@code x} where positive, else {@code exp(x) - 1}. */
  ELU(new Elu(1)),
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID(new Sigmoid()),
  /** {@code x / 6 + 1 / 2}, cut to [0, 1]. */
  HARD_SIGMOID(new HardSigmoid(1.0 / 6)),
  /** The hyperbolic tangent. */
  TANH(new Tanh()),
  /** {@code x / (1 + exp(-x))}, also called swish. */
  SILU(new Swish()),
  /** {@code x P(X <= x)} for a standard normal X. */
  GELU(new Gelu(false)),
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS(new Softplus()),
  /** {@code x / (1 + |x|)}. */
  SOFTSIGN(new Softsign()),
  /** {@code exp(x)}. */
  EXPONENTIAL(new Exponential()),
  /** Softmax over the last dimension. */
  SOFTMAX(new Softmax());

  /** A record of numbers. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Op op;

  Activation(Op op) {
    this.op = op;
  }

  /** The op that computes it. */
  public Op op() {
    return op;
  }

  /**
   * The activation of this Keras name.
   *
   * @throws IllegalArgumentException for another name
   */
  public static Activation of(String name) {
    Activation activation = find(name);
    if (activation == null) {
      throw new IllegalArgumentException(
          "activation: expected " + names() + ", found '" + name + "'");
    }
    return activation;
  }

  /**
   * The argument {@code activation} of a layer: a name, or as Keras 3 may write it an object with a
   * name in it; linear where it is absent.
   */
  static Activation of(LayerConfig config) {
    Object value = config.values().get("activation");
    if (value instanceof Map<?, ?> object) {
      value = object.get("config") instanceof String name ? name : object.get("class_name");
    }
    if (value == null) {
      return LINEAR;
    }
    Activation activation = find(String.valueOf(value));
    if (activation == null) {
      throw config.unexpected("activation", names(), value);
    }
    return activation;
  }

  private static @Nullable Activation find(String name) {
    if (name.equals("swish")) {
      return SILU;
    }
    for (Activation activation : values()) {
      if (activation.kerasName().equals(name)) {
        return activation;
      }
    }
    return null;
  }

  private static String names() {
    return "one of " + Arrays.stream(values()).map(Activation::kerasName).toList();
  }

  /** Keras's name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
