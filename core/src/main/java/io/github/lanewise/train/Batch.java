package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Some samples.
 *
 * @param x [n, ...]
 * @param y [n, ...]
 * @param weights of the samples [n]; null where all weigh 1
 */
record Batch(Tensor x, Tensor y, @Nullable Tensor weights) {

  int size() {
    return x.shape().dim(0);
  }
}
