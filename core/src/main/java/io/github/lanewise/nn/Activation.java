package io.github.lanewise.nn;

import io.github.lanewise.op.Identity;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.Softmax;
import java.util.Locale;

/** What a layer applies to its results, by Keras's names. */
public enum Activation {
  /** Nothing. */
  LINEAR,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** Softmax over the last dimension. */
  SOFTMAX;

  /** The op that computes it. */
  public Op op() {
    return switch (this) {
      case LINEAR -> new Identity();
      case RELU -> new Relu();
      case SIGMOID -> new Sigmoid();
      case SOFTMAX -> new Softmax();
    };
  }

  /**
   * The activation of this Keras name.
   *
   * @throws IllegalArgumentException for another name
   */
  public static Activation of(String name) {
    for (Activation activation : values()) {
      if (activation.kerasName().equals(name)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "activation: expected linear, relu, sigmoid or softmax, found '" + name + "'");
  }

  /** Keras's name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
