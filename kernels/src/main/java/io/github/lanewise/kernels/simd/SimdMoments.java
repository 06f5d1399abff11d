package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.RowSums;
import io.github.lanewise.kernels.scalar.ScalarReductions;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Mean and variance of each channel, in the scalar kernel's order and with its roundings. */
final class SimdMoments {

  private static final VectorSpecies<Double> D = Lanes.DOUBLES;

  private SimdMoments() {}

  static void moments(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      ParallelLoop loop) {
    double[] sums =
        RowSums.over(
            rows,
            channels,
            2 * channels,
            loop,
            (from, to, partial, at) -> {
              int bound = D.loopBound(channels);
              for (int c = 0; c < bound; c += D.length()) {
                add(
                    to - from,
                    channels,
                    x,
                    xOffset + from * channels + c,
                    xOffset + c,
                    partial,
                    at + c);
              }
              for (int c = bound; c < channels; c++) {
                for (int row = from; row < to; row++) {
                  double difference = (double) x[xOffset + row * channels + c] - x[xOffset + c];
                  partial[at + c] += difference;
                  partial[at + channels + c] += difference * difference;
                }
              }
            });
    ScalarReductions.moments(rows, channels, sums, x, xOffset, mean, variance);
  }

  /** Adds a vector of channels. */
  private static void add(
      int rows, int channels, float[] x, int from, int first, double[] sums, int at) {
    DoubleVector origin = Lanes.doubles(x, first);
    DoubleVector sum = DoubleVector.fromArray(D, sums, at);
    DoubleVector squares = DoubleVector.fromArray(D, sums, at + channels);
    for (int row = 0; row < rows; row++) {
      DoubleVector difference = Lanes.doubles(x, from + row * channels).sub(origin);
      sum = sum.add(difference);
      squares = squares.add(difference.mul(difference));
    }
    sum.intoArray(sums, at);
    squares.intoArray(sums, at + channels);
  }
}
