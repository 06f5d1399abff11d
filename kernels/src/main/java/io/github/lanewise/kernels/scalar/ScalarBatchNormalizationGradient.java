package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;
import org.jspecify.annotations.Nullable;

/**
 * With {@code z = (x - mean) / sqrt(variance + epsilon)}: {@code dbeta = sum dy}, {@code dgamma =
 * sum dy z}, {@code dx = gamma / sqrt(variance + epsilon) (dy - dbeta / rows - z dgamma / rows)}.
 */
final class ScalarBatchNormalizationGradient {

  private ScalarBatchNormalizationGradient() {}

  static void batchNormalizationGradient(
      int rows,
      int channels,
      float epsilon,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      float @Nullable [] gamma,
      float[] dy,
      int dyOffset,
      float @Nullable [] dx,
      int dxOffset,
      float @Nullable [] dgamma,
      float @Nullable [] dbeta,
      ParallelLoop loop) {
    double[] sums =
        RowSums.over(
            rows,
            channels,
            2 * channels,
            loop,
            (from, to, partial, offset) -> {
              for (int r = from; r < to; r++) {
                int xRow = xOffset + r * channels;
                int dyRow = dyOffset + r * channels;
                for (int c = 0; c < channels; c++) {
                  double d = dy[dyRow + c];
                  partial[offset + c] += d;
                  partial[offset + channels + c] += d * (x[xRow + c] - mean[c]);
                }
              }
            });
    float[] dyScale = new float[channels];
    float[] xScale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      double inverse = 1 / Math.sqrt((double) variance[c] + epsilon);
      double dgammaSum = sums[channels + c] * inverse;
      if (dbeta != null) {
        dbeta[c] = (float) (dbeta[c] + sums[c]);
      }
      if (dgamma != null) {
        dgamma[c] = (float) (dgamma[c] + dgammaSum);
      }
      double scale = gamma == null ? inverse : gamma[c] * inverse;
      dyScale[c] = (float) scale;
      xScale[c] = (float) (scale * inverse * dgammaSum / rows);
      shift[c] = (float) (scale * sums[c] / rows);
    }
    if (dx == null) {
      return;
    }
    loop.forRange(
        rows,
        ParallelLoop.grain(2 * channels),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int xRow = xOffset + r * channels;
            int dyRow = dyOffset + r * channels;
            int dxRow = dxOffset + r * channels;
            for (int c = 0; c < channels; c++) {
              dx[dxRow + c] +=
                  dyScale[c] * dy[dyRow + c] - xScale[c] * (x[xRow + c] - mean[c]) - shift[c];
            }
          }
        });
  }
}
