package io.github.lanewise.train;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.op.BinaryCrossentropy;
import io.github.lanewise.op.CategoricalCrossentropy;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.op.SparseCategoricalCrossentropy;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What training makes small, by Keras's names. A cross-entropy of what a sigmoid or softmax
 * computed goes through the logits, which loses no digits.
 */
public final class Loss {

  /** For one probability or several independent ones, targets 0 and 1. */
  public static final Loss BINARY_CROSSENTROPY = new Loss(Kind.BINARY_CROSSENTROPY, 0);

  /** For probabilities of classes, targets one-hot. */
  public static final Loss CATEGORICAL_CROSSENTROPY = new Loss(Kind.CATEGORICAL_CROSSENTROPY, 0);

  /** For probabilities of classes, targets the numbers of the classes. */
  public static final Loss SPARSE_CATEGORICAL_CROSSENTROPY =
      new Loss(Kind.SPARSE_CATEGORICAL_CROSSENTROPY, 0);

  /** The mean of squared differences. */
  public static final Loss MEAN_SQUARED_ERROR = new Loss(Kind.MEAN_SQUARED_ERROR, 0);

  private enum Kind {
    BINARY_CROSSENTROPY("BinaryCrossentropy", "bce"),
    CATEGORICAL_CROSSENTROPY("CategoricalCrossentropy", "cce"),
    SPARSE_CATEGORICAL_CROSSENTROPY("SparseCategoricalCrossentropy", "scce"),
    MEAN_SQUARED_ERROR("MeanSquaredError", "mse");

    private final String className;
    private final String alias;

    Kind(String className, String alias) {
      this.className = className;
      this.alias = alias;
    }
  }

  /** Keras's name of the mean over the batch. */
  private static final String REDUCTION = "sum_over_batch_size";

  private final Kind kind;
  private final double labelSmoothing;

  private Loss(Kind kind, double labelSmoothing) {
    this.kind = kind;
    this.labelSmoothing = labelSmoothing;
  }

  /**
   * The same loss with targets pulled towards even chances, as {@code label_smoothing} in {@code
   * keras/src/losses/losses.py}: {@code t (1 - s) + s / 2} for the binary cross-entropy, {@code t
   * (1 - s) + s / classes} for the categorical one; in training and evaluation. Default 0.
   *
   * @param smoothing s, from 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1, or the loss is another
   */
  public Loss labelSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          kerasName() + ": label_smoothing: expected 0 to 1, found " + smoothing);
    }
    if (kind != Kind.BINARY_CROSSENTROPY && kind != Kind.CATEGORICAL_CROSSENTROPY) {
      throw new IllegalArgumentException(
          "label_smoothing: expected binary_crossentropy or categorical_crossentropy, found "
              + kerasName());
    }
    return new Loss(kind, smoothing);
  }

  /** The loss, a scalar: the mean over the batch. */
  public Tensor of(Tape tape, Tensor prediction, Tensor target) {
    return of(tape, prediction, target, null);
  }

  /**
   * The loss, a scalar: the sum of the samples' losses, each times its weight, by their number, as
   * Keras has it, not by the sum of the weights.
   *
   * @param weights [n]; null for 1 each
   */
  Tensor of(Tape tape, Tensor prediction, Tensor target, @Nullable Tensor weights) {
    Tape.Entry last = tape.producer(prediction);
    boolean logits = last != null && isActivation(last.op());
    Tensor from = logits && last != null ? last.inputs().get(0) : prediction;
    Tensor smoothed = labelSmoothing == 0 ? target : smoothed(target);
    return weights == null
        ? tape.apply(op(logits), from, smoothed)
        : tape.apply(op(logits), from, smoothed, weights);
  }

  private Tensor smoothed(Tensor target) {
    double chances = kind == Kind.BINARY_CROSSENTROPY ? 2 : target.shape().dim(-1);
    float[] values = target.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * (1 - labelSmoothing) + labelSmoothing / chances);
    }
    return Tensor.of(target.shape(), values);
  }

  /**
   * Checks targets before anything is computed.
   *
   * @throws ShapeException if they do not fit the predictions
   */
  void requireFits(Shape prediction, Shape target) {
    if (kind == Kind.SPARSE_CATEGORICAL_CROSSENTROPY) {
      op(false).outputShape(List.of(prediction, target));
    } else if (!prediction.equals(target)) {
      throw new ShapeException(
          kerasName() + ": expected targets of " + prediction + ", found " + target);
    }
  }

  private boolean isActivation(Op op) {
    return switch (kind) {
      case BINARY_CROSSENTROPY -> op instanceof Sigmoid;
      case CATEGORICAL_CROSSENTROPY, SPARSE_CATEGORICAL_CROSSENTROPY -> new Softmax().equals(op);
      case MEAN_SQUARED_ERROR -> false;
    };
  }

  private Op op(boolean fromLogits) {
    return switch (kind) {
      case BINARY_CROSSENTROPY -> new BinaryCrossentropy(fromLogits);
      case CATEGORICAL_CROSSENTROPY -> new CategoricalCrossentropy(fromLogits);
      case SPARSE_CATEGORICAL_CROSSENTROPY -> new SparseCategoricalCrossentropy(fromLogits);
      case MEAN_SQUARED_ERROR -> new MeanSquaredError();
    };
  }

  /**
   * The loss as Keras's {@code losses.serialize} writes it: its name or, where it has arguments, an
   * object of class_name and config.
   */
  public Object serialize() {
    if (labelSmoothing == 0) {
      return kerasName();
    }
    return ObjectConfig.of(
            kind.className,
            "name",
            kerasName(),
            "reduction",
            REDUCTION,
            "from_logits",
            false,
            "label_smoothing",
            labelSmoothing,
            "axis",
            -1)
        .serialized("keras.losses");
  }

  /**
   * The loss that {@link #serialize} wrote, or Keras.
   *
   * @throws ConfigException if it is unknown, or an argument is not supported
   */
  public static Loss deserialize(Object serialized) {
    if (serialized instanceof Map<?, ?> function
        && "function".equals(function.get("class_name"))
        && function.get("config") instanceof String name) {
      return deserialize(name);
    }
    ObjectConfig config =
        serialized instanceof String name ? ObjectConfig.of(name) : ObjectConfig.read(serialized);
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (List.of(name, kind.className, kind.alias).contains(config.className())) {
        config.requireNone("from_logits");
        config.requireOnly("ignore_class", null);
        if (!"auto".equals(config.values().get("reduction"))) {
          config.requireOnly("reduction", REDUCTION);
        }
        double smoothing = config.real("label_smoothing", 0);
        Loss loss = new Loss(kind, 0);
        return smoothing == 0 ? loss : loss.labelSmoothing(smoothing);
      }
    }
    throw new ConfigException(
        "loss: expected one of " + List.of(Kind.values()) + ", found " + config.className());
  }

  /** Keras's name. */
  public String kerasName() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Keras's name. */
  @Override
  public String toString() {
    return kerasName();
  }
}
