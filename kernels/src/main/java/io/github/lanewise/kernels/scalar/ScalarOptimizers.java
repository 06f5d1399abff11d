package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/** One step of each optimizer. The loops are such that C2 vectorises them. */
final class ScalarOptimizers {

  private ScalarOptimizers() {}

  static void rmsprop(
      int n,
      float[] w,
      float[] g,
      float[] v,
      float learningRate,
      float rho,
      float epsilon,
      ParallelLoop loop) {
    float complement = 1 - rho;
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float square = rho * v[i] + complement * (g[i] * g[i]);
            v[i] = square;
            w[i] -= learningRate * g[i] / (float) Math.sqrt(square + epsilon);
          }
        });
  }

  static void sgd(
      int n,
      float[] w,
      float[] g,
      float[] m,
      float learningRate,
      float momentum,
      boolean nesterov,
      ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            m[i] = momentum * m[i] - learningRate * g[i];
          }
          if (nesterov) {
            for (int i = from; i < to; i++) {
              w[i] += momentum * m[i] - learningRate * g[i];
            }
          } else {
            for (int i = from; i < to; i++) {
              w[i] += m[i];
            }
          }
        });
  }

  static void adam(
      int n,
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      float stepSize,
      float beta1,
      float beta2,
      float epsilon,
      ParallelLoop loop) {
    float complement1 = 1 - beta1;
    float complement2 = 1 - beta2;
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float mean = m[i] + complement1 * (g[i] - m[i]);
            float square = v[i] + complement2 * (g[i] * g[i] - v[i]);
            m[i] = mean;
            v[i] = square;
            w[i] -= mean * stepSize / ((float) Math.sqrt(square) + epsilon);
          }
        });
  }
}
