package io.github.lanewise.train;

import io.github.lanewise.autograd.Tape;
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
    BINARY_CROSSENTROPY,
    CATEGORICAL_CROSSENTROPY,
    SPARSE_CATEGORICAL_CROSSENTROPY,
    MEAN_SQUARED_ERROR
  }

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
    Tape.Entry last = tape.producer(prediction);
    boolean logits = last != null && isActivation(last.op());
    Tensor from = logits && last != null ? last.inputs().get(0) : prediction;
    return tape.apply(op(logits), from, labelSmoothing == 0 ? target : smoothed(target));
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
      case CATEGORICAL_CROSSENTROPY, SPARSE_CATEGORICAL_CROSSENTROPY -> op instanceof Softmax;
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
