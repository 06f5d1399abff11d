package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("every-width")
class ReductionsTest {

  private static final String SIZES =
      """
      1, 1
      2, 3
      63, 16
      65, 17
      129, 33
      50, 192
      300, 768
      1000, 2048
      100000, 1
      70000, 3
      """;

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(51);

  private GuardedFloats columnSums(int rows, int channels, GuardedFloats x, GuardedFloats before) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats sums = before.copy();
          kernels.columnSums(
              rows,
              channels,
              x.array(),
              x.offset(),
              sums.array(),
              sums.offset(),
              ParallelLoop.of(threads));
          sums.assertGuardsIntact();
          return sums;
        });
  }

  /** Means, then variances. */
  private GuardedFloats moments(int rows, int channels, GuardedFloats x) {
    return sameForAnyThreads(
        threads -> {
          float[] mean = new float[channels];
          float[] variance = new float[channels];
          ParallelLoop loop = ParallelLoop.of(threads);
          kernels.moments(rows, channels, x.array(), x.offset(), mean, variance, loop);
          float[] both = new float[2 * channels];
          System.arraycopy(mean, 0, both, 0, channels);
          System.arraycopy(variance, 0, both, channels, channels);
          return GuardedFloats.of(0, both);
        });
  }

  private static double sum(GuardedFloats x, int channels, int c) {
    double sum = 0;
    for (int i = c; i < x.size(); i += channels) {
      sum += x.get(i);
    }
    return sum;
  }

  private static double squares(GuardedFloats x, int channels, int c, double mean) {
    double sum = 0;
    for (int i = c; i < x.size(); i += channels) {
      sum += (x.get(i) - mean) * (x.get(i) - mean);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void columnSumsAreAddedAndExactButForOneRounding(int rows, int channels) {
    GuardedFloats x = GuardedFloats.random(3, rows * channels, random);
    GuardedFloats before = GuardedFloats.random(5, channels, random);
    GuardedFloats sums = columnSums(rows, channels, x, before);
    for (int c = 0; c < channels; c++) {
      double expected = before.get(c) + sum(x, channels, c);
      assertEquals(expected, sums.get(c), 6.1e-8 * Math.abs(expected) + 1e-9, "sum " + c);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void momentsAreExactButForOneRounding(int rows, int channels) {
    GuardedFloats x = GuardedFloats.random(3, rows * channels, random);
    GuardedFloats moments = moments(rows, channels, x);
    for (int c = 0; c < channels; c++) {
      double mean = sum(x, channels, c) / rows;
      double variance = squares(x, channels, c, mean) / rows;
      assertEquals(mean, moments.get(c), 6.1e-8 * Math.abs(mean) + 1e-9, "mean " + c);
      assertEquals(variance, moments.get(channels + c), 1e-7 * variance + 1e-12, "variance " + c);
    }
  }

  @Test
  void theVarianceSurvivesAMeanThatIsFarLarger() {
    int rows = 200_000;
    float[] values = new float[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = 100_000 + (float) random.nextGaussian();
    }
    GuardedFloats x = GuardedFloats.of(3, values);
    double mean = sum(x, 1, 0) / rows;
    double variance = squares(x, 1, 0, mean) / rows;
    GuardedFloats moments = moments(rows, 1, x);
    assertEquals(mean, moments.get(0), 6.1e-8 * mean);
    assertEquals(variance, moments.get(1), 1e-6 * variance);
  }

  @Test
  void theVarianceOfEqualValuesIsZero() {
    float[] values = new float[3 * 1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1f * (i % 3 + 1);
    }
    GuardedFloats moments = moments(1_000, 3, GuardedFloats.of(1, values));
    for (int c = 0; c < 3; c++) {
      assertEquals(0.1f * (c + 1), moments.get(c), "mean " + c);
      assertEquals(0, moments.get(3 + c), "variance " + c);
    }
  }

  @Test
  void nanReachesTheMomentsOfItsChannelOnly() {
    float[] values = new float[2 * 500];
    values[301] = Float.NaN;
    GuardedFloats moments = moments(500, 2, GuardedFloats.of(1, values));
    assertEquals(0, moments.get(0));
    assertEquals(Float.NaN, moments.get(1));
    assertEquals(0, moments.get(2));
    assertEquals(Float.NaN, moments.get(3));
  }

  @Test
  void aSumOfAMillionSmallTermsLosesNothing() {
    int rows = 1_000_000;
    float[] values = new float[rows];
    Arrays.fill(values, 0.1f);
    GuardedFloats sums = columnSums(rows, 1, GuardedFloats.of(3, values), GuardedFloats.of(5, 0f));
    assertEquals((float) (rows * (double) 0.1f), sums.get(0));
  }
}
