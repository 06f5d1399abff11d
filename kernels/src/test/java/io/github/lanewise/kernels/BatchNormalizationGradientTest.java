package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("every-width")
class BatchNormalizationGradientTest {

  private static final float EPSILON = 1e-3f;

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(61);

  /** Dot product of a normalized batch with {@code dy}. */
  private static double loss(
      double[] x, int channels, double[] gamma, double[] beta, GuardedFloats dy) {
    int rows = x.length / channels;
    double loss = 0;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int r = 0; r < rows; r++) {
        mean += x[r * channels + c] / rows;
      }
      double variance = 0;
      for (int r = 0; r < rows; r++) {
        variance += Math.pow(x[r * channels + c] - mean, 2) / rows;
      }
      for (int r = 0; r < rows; r++) {
        double z = (x[r * channels + c] - mean) / Math.sqrt(variance + EPSILON);
        loss += dy.get(r * channels + c) * (gamma[c] * z + beta[c]);
      }
    }
    return loss;
  }

  private static double[] doubles(GuardedFloats x) {
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.get(i);
    }
    return values;
  }

  private static double slope(double[] values, int i, ToDoubleFunction<double[]> f) {
    double h = 1e-5;
    double[] above = values.clone();
    above[i] += h;
    double[] below = values.clone();
    below[i] -= h;
    return (f.applyAsDouble(above) - f.applyAsDouble(below)) / (2 * h);
  }

  private void gradient(
      int rows,
      int channels,
      GuardedFloats x,
      float @Nullable [] gamma,
      GuardedFloats dy,
      @Nullable GuardedFloats dx,
      float @Nullable [] dgamma,
      float @Nullable [] dbeta,
      int threads) {
    float[] mean = new float[channels];
    float[] variance = new float[channels];
    ParallelLoop loop = ParallelLoop.of(threads);
    kernels.moments(rows, channels, x.array(), x.offset(), mean, variance, loop);
    kernels.batchNormalizationGradient(
        rows,
        channels,
        EPSILON,
        x.array(),
        x.offset(),
        mean,
        variance,
        gamma,
        dy.array(),
        dy.offset(),
        dx == null ? null : dx.array(),
        dx == null ? 0 : dx.offset(),
        dgamma,
        dbeta,
        loop);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "5, 3", "20, 2", "9, 17"})
  void gradientsAreTheCentralDifferences(int rows, int channels) {
    int n = rows * channels;
    GuardedFloats x = GuardedFloats.random(3, n, random);
    GuardedFloats dy = GuardedFloats.random(5, n, random);
    GuardedFloats gamma = GuardedFloats.random(0, channels, random);
    GuardedFloats beta = GuardedFloats.random(0, channels, random);
    GuardedFloats before = GuardedFloats.random(7, n, random);
    GuardedFloats dx = before.copy();
    float[] dgamma = new float[channels];
    float[] dbeta = new float[channels];
    Arrays.fill(dgamma, 2);
    Arrays.fill(dbeta, 3);
    gradient(rows, channels, x, gamma.values(), dy, dx, dgamma, dbeta, 1);
    dx.assertGuardsIntact();
    double[] xs = doubles(x);
    double[] gammas = doubles(gamma);
    double[] betas = doubles(beta);
    for (int i = 0; i < n; i++) {
      double expected = slope(xs, i, v -> loss(v, channels, gammas, betas, dy));
      assertEquals(before.get(i) + expected, dx.get(i), 3e-5 * (1 + Math.abs(expected)), "dx " + i);
    }
    for (int c = 0; c < channels; c++) {
      double expected = slope(gammas, c, v -> loss(xs, channels, v, betas, dy));
      assertEquals(2 + expected, dgamma[c], 1e-5 * (1 + Math.abs(expected)), "dgamma " + c);
      expected = slope(betas, c, v -> loss(xs, channels, gammas, v, dy));
      assertEquals(3 + expected, dbeta[c], 1e-5 * (1 + Math.abs(expected)), "dbeta " + c);
    }
  }

  @Test
  void gammaMayBeAbsentAndStandsForOnes() {
    GuardedFloats x = GuardedFloats.random(3, 60, random);
    GuardedFloats dy = GuardedFloats.random(5, 60, random);
    GuardedFloats with = GuardedFloats.of(7, new float[60]);
    GuardedFloats without = with.copy();
    gradient(20, 3, x, new float[] {1, 1, 1}, dy, with, new float[3], null, 1);
    gradient(20, 3, x, null, dy, without, null, new float[3], 1);
    assertArrayEquals(with.values(), without.values());
  }

  @Test
  void onlyTheGradientsAskedForAreComputed() {
    GuardedFloats x = GuardedFloats.random(3, 60, random);
    GuardedFloats dy = GuardedFloats.random(5, 60, random);
    float[] dgamma = new float[3];
    float[] dbeta = new float[3];
    gradient(20, 3, x, null, dy, null, dgamma, dbeta, 1);
    float[] gammaAlone = new float[3];
    gradient(20, 3, x, null, dy, null, gammaAlone, null, 1);
    float[] betaAlone = new float[3];
    gradient(20, 3, x, null, dy, null, null, betaAlone, 1);
    assertArrayEquals(dgamma, gammaAlone);
    assertArrayEquals(dbeta, betaAlone);
  }

  @ParameterizedTest
  @CsvSource({"100000, 1", "1000, 33", "500, 768"})
  void theBitsDoNotDependOnTheThreads(int rows, int channels) {
    GuardedFloats x = GuardedFloats.random(3, rows * channels, random);
    GuardedFloats dy = GuardedFloats.random(5, rows * channels, random);
    GuardedFloats dx =
        sameForAnyThreads(
            threads -> {
              GuardedFloats gradient = GuardedFloats.of(7, new float[rows * channels]);
              gradient(rows, channels, x, null, dy, gradient, null, null, threads);
              return gradient;
            });
    double sum = 0;
    for (int i = 0; i < dx.size(); i += channels) {
      sum += dx.get(i);
    }
    assertEquals(0, sum, 1e-2, "shifting a whole channel changes nothing");
    sameForAnyThreads(
        threads -> {
          float[] dgamma = new float[channels];
          gradient(rows, channels, x, null, dy, null, dgamma, null, threads);
          return GuardedFloats.of(0, dgamma);
        });
  }
}
