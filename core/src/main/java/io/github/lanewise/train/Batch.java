package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/**
 * Some samples.
 *
 * @param x [n, ...]
 * @param y [n, ...]
 */
record Batch(Tensor x, Tensor y) {

  int size() {
    return x.shape().dim(0);
  }
}
