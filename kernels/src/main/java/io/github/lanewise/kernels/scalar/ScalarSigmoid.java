package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/** The logistic function. */
final class ScalarSigmoid {

  /** Simple operations that one exponential costs, roughly. */
  private static final int OPERATIONS = 16;

  private ScalarSigmoid() {}

  static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(OPERATIONS),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            y[yOffset + i] = (float) (1 / (1 + Math.exp(-x[xOffset + i])));
          }
        });
  }

  static void sigmoidGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float p = y[yOffset + i];
            dx[dxOffset + i] += dy[dyOffset + i] * p * (1 - p);
          }
        });
  }
}
