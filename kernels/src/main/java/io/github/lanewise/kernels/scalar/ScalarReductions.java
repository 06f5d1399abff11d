package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/** Sums, means and variances of channels over rows. */
public final class ScalarReductions {

  private ScalarReductions() {}

  static void columnSums(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] sums,
      int sumsOffset,
      ParallelLoop loop) {
    double[] totals =
        RowSums.over(
            rows,
            channels,
            channels,
            loop,
            (from, to, partial, offset) -> {
              for (int r = from; r < to; r++) {
                int row = xOffset + r * channels;
                for (int c = 0; c < channels; c++) {
                  partial[offset + c] += x[row + c];
                }
              }
            });
    for (int c = 0; c < channels; c++) {
      sums[sumsOffset + c] = (float) (sums[sumsOffset + c] + totals[c]);
    }
  }

  /** Sums are taken of the differences from the first row, against cancellation. */
  static void moments(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      ParallelLoop loop) {
    double[] totals =
        RowSums.over(
            rows,
            channels,
            2 * channels,
            loop,
            (from, to, partial, offset) -> {
              for (int r = from; r < to; r++) {
                int row = xOffset + r * channels;
                for (int c = 0; c < channels; c++) {
                  double difference = (double) x[row + c] - x[xOffset + c];
                  partial[offset + c] += difference;
                  partial[offset + channels + c] += difference * difference;
                }
              }
            });
    moments(rows, channels, totals, x, xOffset, mean, variance);
  }

  /**
   * The mean and the variance from sums of the differences from the first row.
   *
   * @param sums of the differences, then of their squares
   */
  public static void moments(
      int rows,
      int channels,
      double[] sums,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance) {
    for (int c = 0; c < channels; c++) {
      double difference = sums[c] / rows;
      mean[c] = (float) (x[xOffset + c] + difference);
      variance[c] = (float) Math.max(0, sums[channels + c] / rows - difference * difference);
    }
  }
}
