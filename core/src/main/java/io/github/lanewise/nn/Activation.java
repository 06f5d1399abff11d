package io.github.lanewise.nn;

import io.github.lanewise.op.Elu;
import io.github.lanewise.op.Exponential;
import io.github.lanewise.op.Gelu;
import io.github.lanewise.op.HardShrink;
import io.github.lanewise.op.HardSigmoid;
import io.github.lanewise.op.HardSwish;
import io.github.lanewise.op.HardTanh;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.LogSigmoid;
import io.github.lanewise.op.LogSoftmax;
import io.github.lanewise.op.Mish;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Rectifier;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.Selu;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.SoftShrink;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.op.Softplus;
import io.github.lanewise.op.Softsign;
import io.github.lanewise.op.SparsePlus;
import io.github.lanewise.op.SparseSigmoid;
import io.github.lanewise.op.Squareplus;
import io.github.lanewise.op.Swish;
import io.github.lanewise.op.Tanh;
import io.github.lanewise.op.TanhShrink;
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
  /** {@code 1.0507 x} where positive, else {@code 1.0507 * 1.6733 (exp(x) - 1)}. */
  SELU(new Selu()),
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID(new Sigmoid()),
  /** {@code x / 6 + 1 / 2}, cut to [0, 1]. */
  HARD_SIGMOID(new HardSigmoid(1.0 / 6)),
  /** The hyperbolic tangent. */
  TANH(new Tanh()),
  /** {@code x / (1 + exp(-x))}, also called swish. */
  SILU(new Swish()),
  /** {@code x min(max(x + 3, 0), 6) / 6}, also called hard_swish. */
  HARD_SILU(new HardSwish()),
  /** {@code x tanh(log(1 + exp(x)))}. */
  MISH(new Mish()),
  /** {@code x P(X <= x)} for a standard normal X. */
  GELU(new Gelu(false)),
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS(new Softplus()),
  /** {@code x / (1 + |x|)}. */
  SOFTSIGN(new Softsign()),
  /** {@code exp(x)}. */
  EXPONENTIAL(new Exponential()),
  /** {@code -log(1 + exp(-x))}. */
  LOG_SIGMOID(new LogSigmoid()),
  /** The same as {@link #ELU}: celu with an alpha of 1. */
  CELU(new Elu(1)),
  /** {@code x}, cut to [-1, 1]. */
  HARD_TANH(new HardTanh()),
  /** {@code x} outside [-0.5, 0.5], else 0. */
  HARD_SHRINK(new HardShrink()),
  /** {@code x}, moved towards 0 by up to 0.5. */
  SOFT_SHRINK(new SoftShrink()),
  /** {@code x - tanh(x)}. */
  TANH_SHRINK(new TanhShrink()),
  /** {@code (x + sqrt(x^2 + 4)) / 2}. */
  SQUAREPLUS(new Squareplus()),
  /** 0 up to -1, {@code (x + 1)^2 / 4} up to 1, then {@code x}. */
  SPARSE_PLUS(new SparsePlus()),
  /** {@code (x + 1) / 2}, cut to [0, 1]. */
  SPARSE_SIGMOID(new SparseSigmoid()),
  /** Softmax over the last dimension. */
  SOFTMAX(new Softmax()),
  /** The logarithm of {@link #SOFTMAX}. */
  LOG_SOFTMAX(new LogSoftmax());

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
    if (name.equals("hard_swish")) {
      return HARD_SILU;
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
