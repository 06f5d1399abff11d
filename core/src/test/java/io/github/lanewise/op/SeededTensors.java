package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.SplittableRandom;

/** Tensors of random numbers for tests; a source gives the same ones in every run. */
final class SeededTensors {

  private final SplittableRandom random;

  SeededTensors(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Numbers from -1 to 1. */
  Tensor any(int... dims) {
    return between(-1, 1, dims);
  }

  /** Numbers from {@code low} to {@code high}. */
  Tensor between(double low, double high, int... dims) {
    Tensor tensor = Tensor.zeros(dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) random.nextDouble(low, high);
    }
    return tensor;
  }

  /**
   * Numbers of both signs that are at least 0.1 apart and at least 0.05 from zero, in random order:
   * a step of up to 0.04 turns no maximum and no sign.
   */
  Tensor apart(int... dims) {
    Tensor tensor = Tensor.zeros(dims);
    float[] values = tensor.data();
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1f * (i - values.length / 2) + 0.05f;
    }
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float other = values[j];
      values[j] = values[i];
      values[i] = other;
    }
    return tensor;
  }

  /** Rows of probabilities: at least 0.1 each, sums of 1. */
  Tensor probabilities(int rows, int columns) {
    Tensor tensor = between(1, 2, rows, columns);
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += tensor.get(row, c);
      }
      for (int c = 0; c < columns; c++) {
        tensor.data()[row * columns + c] /= sum;
      }
    }
    return tensor;
  }

  /** Whole numbers from 0 to {@code bound - 1}. */
  Tensor classes(int bound, int... dims) {
    Tensor tensor = Tensor.zeros(dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = random.nextInt(bound);
    }
    return tensor;
  }

  /** Like {@code shape}, numbers from -1 to 1. */
  Tensor like(Shape shape) {
    return any(shape.dims());
  }
}
