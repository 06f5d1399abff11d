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
public enum Loss {
  /** For one probability or several independent ones, targets 0 and 1. */
  BINARY_CROSSENTROPY,
  /** For probabilities of classes, targets one-hot. */
  CATEGORICAL_CROSSENTROPY,
  /** For probabilities of classes, targets the numbers of the classes. */
  SPARSE_CATEGORICAL_CROSSENTROPY,
  /** The mean of squared differences. */
  MEAN_SQUARED_ERROR;

  /** The loss, a scalar: the mean over the batch. */
  public Tensor of(Tape tape, Tensor prediction, Tensor target) {
    Tape.Entry last = tape.producer(prediction);
    boolean logits = last != null && isActivation(last.op());
    Tensor from = logits && last != null ? last.inputs().get(0) : prediction;
    return tape.apply(op(logits), from, target);
  }

  /**
   * Checks targets before anything is computed.
   *
   * @throws ShapeException if they do not fit the predictions
   */
  void requireFits(Shape prediction, Shape target) {
    if (this == SPARSE_CATEGORICAL_CROSSENTROPY) {
      op(false).outputShape(List.of(prediction, target));
    } else if (!prediction.equals(target)) {
      throw new ShapeException(
          kerasName() + ": expected targets of " + prediction + ", found " + target);
    }
  }

  private boolean isActivation(Op op) {
    return switch (this) {
      case BINARY_CROSSENTROPY -> op instanceof Sigmoid;
      case CATEGORICAL_CROSSENTROPY, SPARSE_CATEGORICAL_CROSSENTROPY -> op instanceof Softmax;
      case MEAN_SQUARED_ERROR -> false;
    };
  }

  private Op op(boolean fromLogits) {
    return switch (this) {
      case BINARY_CROSSENTROPY -> new BinaryCrossentropy(fromLogits);
      case CATEGORICAL_CROSSENTROPY -> new CategoricalCrossentropy(fromLogits);
      case SPARSE_CATEGORICAL_CROSSENTROPY -> new SparseCategoricalCrossentropy(fromLogits);
      case MEAN_SQUARED_ERROR -> new MeanSquaredError();
    };
  }

  /** Keras's name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
