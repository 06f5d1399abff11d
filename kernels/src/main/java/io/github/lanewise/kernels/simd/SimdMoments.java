package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.RowSums;
import io.github.lanewise.kernels.scalar.ScalarReductions;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Mean and variance of each channel, in the scalar kernel's order and with its roundings. */
final class SimdMoments {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
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
              int bound = S.loopBound(channels);
              for (int c = 0; c < bound; c += S.length()) {
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
    FloatVector origin = FloatVector.fromArray(S, x, first);
    DoubleVector lowOrigin = Lanes.low(origin);
    DoubleVector highOrigin = Lanes.high(origin);
    int upper = at + D.length();
    DoubleVector lowSum = DoubleVector.fromArray(D, sums, at);
    DoubleVector highSum = DoubleVector.fromArray(D, sums, upper);
    DoubleVector lowSquares = DoubleVector.fromArray(D, sums, at + channels);
    DoubleVector highSquares = DoubleVector.fromArray(D, sums, upper + channels);
    for (int row = 0; row < rows; row++) {
      FloatVector values = FloatVector.fromArray(S, x, from + row * channels);
      DoubleVector difference = Lanes.low(values).sub(lowOrigin);
      lowSum = lowSum.add(difference);
      lowSquares = lowSquares.add(difference.mul(difference));
      difference = Lanes.high(values).sub(highOrigin);
      highSum = highSum.add(difference);
      highSquares = highSquares.add(difference.mul(difference));
    }
    lowSum.intoArray(sums, at);
    highSum.intoArray(sums, upper);
    lowSquares.intoArray(sums, at + channels);
    highSquares.intoArray(sums, upper + channels);
  }
}
