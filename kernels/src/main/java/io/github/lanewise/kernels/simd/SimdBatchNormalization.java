package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The gradient of batch normalization by the batch's own statistics, in two passes. */
final class SimdBatchNormalization {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private SimdBatchNormalization() {}

  /**
   * With {@code z = (x - mean) / sqrt(variance + epsilon)}: {@code dbeta = sum dy}, {@code dgamma =
   * sum dy z}, {@code dx = gamma / sqrt(variance + epsilon) (dy - dbeta / rows - z dgamma / rows)}.
   */
  static void gradient(
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
        ChannelSums.over(
            rows,
            channels,
            loop,
            (row, first, second) ->
                addProducts(
                    channels,
                    dy,
                    dyOffset + row * channels,
                    x,
                    xOffset + row * channels,
                    mean,
                    first,
                    second));
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
          for (int row = from; row < to; row++) {
            int at = row * channels;
            addInputGradient(
                channels,
                dyScale,
                dy,
                dyOffset + at,
                xScale,
                x,
                xOffset + at,
                mean,
                shift,
                dx,
                dxOffset + at);
          }
        });
  }

  private static void addProducts(
      int channels,
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] mean,
      float[] first,
      float[] second) {
    int bound = S.loopBound(channels);
    for (int c = 0; c < bound; c += S.length()) {
      FloatVector d = FloatVector.fromArray(S, dy, dyAt + c);
      FloatVector centred =
          FloatVector.fromArray(S, x, xAt + c).sub(FloatVector.fromArray(S, mean, c));
      FloatVector.fromArray(S, first, c).add(d).intoArray(first, c);
      d.fma(centred, FloatVector.fromArray(S, second, c)).intoArray(second, c);
    }
    for (int c = bound; c < channels; c++) {
      first[c] += dy[dyAt + c];
      second[c] = Math.fma(dy[dyAt + c], x[xAt + c] - mean[c], second[c]);
    }
  }

  private static void addInputGradient(
      int channels,
      float[] dyScale,
      float[] dy,
      int dyAt,
      float[] xScale,
      float[] x,
      int xAt,
      float[] mean,
      float[] shift,
      float[] dx,
      int dxAt) {
    int bound = S.loopBound(channels);
    for (int c = 0; c < bound; c += S.length()) {
      FloatVector scaled =
          FloatVector.fromArray(S, dyScale, c).mul(FloatVector.fromArray(S, dy, dyAt + c));
      FloatVector centred =
          FloatVector.fromArray(S, x, xAt + c).sub(FloatVector.fromArray(S, mean, c));
      FloatVector change =
          scaled
              .sub(FloatVector.fromArray(S, xScale, c).mul(centred))
              .sub(FloatVector.fromArray(S, shift, c));
      FloatVector.fromArray(S, dx, dxAt + c).add(change).intoArray(dx, dxAt + c);
    }
    for (int c = bound; c < channels; c++) {
      dx[dxAt + c] += dyScale[c] * dy[dyAt + c] - xScale[c] * (x[xAt + c] - mean[c]) - shift[c];
    }
  }
}
