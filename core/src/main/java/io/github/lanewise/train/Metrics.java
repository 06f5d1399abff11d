package io.github.lanewise.train;

import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;

/** What several metrics share. */
final class Metrics {

  private Metrics() {}

  static void requireSameShape(String metric, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          metric + ": expected targets of " + prediction.shape() + ", found " + target.shape());
    }
  }

  /** The index of the first largest value of a row. */
  static int argmax(Tensor rows, int row, int columns) {
    int from = rows.offset() + row * columns;
    int best = 0;
    for (int c = 1; c < columns; c++) {
      if (rows.data()[from + c] > rows.data()[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
