package io.github.lanewise.train;

import io.github.lanewise.kernels.WeightUpdate;

/**
 * Decoupled weight decay (Loshchilov and Hutter 2017) as Keras's optimizers have it: {@code w -= lr
 * rate w} before each step.
 *
 * @param rate Keras's {@code weight_decay}
 */
record WeightDecay(double rate) {

  WeightDecay {
    if (!(rate >= 0)) {
      throw new IllegalArgumentException("weight_decay: expected at least 0, found " + rate);
    }
  }

  /** Both, part of the weights by part. */
  WeightUpdate before(WeightUpdate step, float[] weights, float learningRate) {
    float decay = (float) rate;
    return (from, to, gradient, offset) -> {
      for (int i = from; i < to; i++) {
        weights[i] -= weights[i] * decay * learningRate;
      }
      step.apply(from, to, gradient, offset);
    };
  }
}
