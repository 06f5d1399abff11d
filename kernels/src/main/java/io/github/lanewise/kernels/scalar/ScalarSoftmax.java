package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/** Softmax over rows. */
final class ScalarSoftmax {

  /** Simple operations that one element costs, roughly. */
  private static final int OPERATIONS = 16;

  private ScalarSoftmax() {}

  static void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(columns * OPERATIONS),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            row(columns, x, xOffset + r * columns, y, yOffset + r * columns);
          }
        });
  }

  private static void row(int columns, float[] x, int xRow, float[] y, int yRow) {
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < columns; c++) {
      max = Math.max(max, x[xRow + c]);
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      float e = (float) Math.exp((double) x[xRow + c] - max);
      y[yRow + c] = e;
      sum += e;
    }
    float scale = (float) (1 / sum);
    for (int c = 0; c < columns; c++) {
      y[yRow + c] *= scale;
    }
  }

  static void softmaxGradient(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(2 * columns),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int yRow = yOffset + r * columns;
            int dyRow = dyOffset + r * columns;
            int dxRow = dxOffset + r * columns;
            double dot = 0;
            for (int c = 0; c < columns; c++) {
              dot += (double) y[yRow + c] * dy[dyRow + c];
            }
            float mean = (float) dot;
            for (int c = 0; c < columns; c++) {
              dx[dxRow + c] += y[yRow + c] * (dy[dyRow + c] - mean);
            }
          }
        });
  }
}
