package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/** Loops over single elements, and over rows of channels. */
final class ScalarElementwise {

  private ScalarElementwise() {}

  static void add(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            c[cOffset + i] = a[aOffset + i] + b[bOffset + i];
          }
        });
  }

  static void axpy(
      int n, float alpha, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
          }
        });
  }

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            y[yOffset + i] = Math.max(x[xOffset + i], 0);
          }
        });
  }

  static void reluGradient(
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
            dx[dxOffset + i] += y[yOffset + i] > 0 ? dy[dyOffset + i] : 0;
          }
        });
  }

  static void scaleShift(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] scale,
      float[] shift,
      float[] y,
      int yOffset,
      ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(channels),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int xRow = xOffset + r * channels;
            int yRow = yOffset + r * channels;
            for (int c = 0; c < channels; c++) {
              y[yRow + c] = x[xRow + c] * scale[c] + shift[c];
            }
          }
        });
  }

  static void addBias(
      int rows,
      int channels,
      float[] bias,
      int biasOffset,
      float[] x,
      int xOffset,
      ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(channels),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int row = xOffset + r * channels;
            for (int c = 0; c < channels; c++) {
              x[row + c] += bias[biasOffset + c];
            }
          }
        });
  }
}
