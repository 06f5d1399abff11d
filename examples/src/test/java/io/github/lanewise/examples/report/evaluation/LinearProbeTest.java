package io.github.lanewise.examples.report.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Principal components and ridge regression against closed forms in the features' own space. */
class LinearProbeTest {

  private static final Compute COMPUTE = Compute.threads(2);

  private static FeatureRows rows(int width, float[] x, float... y) {
    Tensor features = Tensor.of(Shape.of(y.length, width), x);
    return new FeatureRows(new ArrayDataset(features, Tensor.of(Shape.of(y.length, 1), y)), 1000);
  }

  private static double[] column(double[][] values, int column) {
    return Arrays.stream(values).mapToDouble(row -> row[column]).toArray();
  }

  @Test
  void componentsAreTheAxesOfLargestVariance() {
    // A cross with arms of 3 and 1, its middle at (5, 7).
    FeatureRows cross = rows(2, new float[] {8, 7, 2, 7, 5, 8, 5, 6}, 0, 1, 0, 1);
    LinearProbe probe = LinearProbe.fit(cross, COMPUTE);
    double[][] map = probe.apply(cross);
    assertArrayEquals(new double[] {3, 3, 0, 0}, absolute(column(map, 0)), 1e-5);
    assertArrayEquals(new double[] {0, 0, 1, 1}, absolute(column(map, 1)), 1e-5);
    assertEquals(-map[0][0], map[1][0], 1e-5);
    assertArrayEquals(new double[] {0.9, 0.1}, probe.explained(), 1e-6);
    // A sample that it was not fitted to.
    double[] other = probe.apply(rows(2, new float[] {6, 7.5f}, 0))[0];
    assertEquals(1, Math.abs(other[0]), 1e-5);
    assertEquals(0.5, Math.abs(other[1]), 1e-5);
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  @Test
  void ridgeRegressionOnOneFeatureIsItsFormula() {
    FeatureRows line = rows(1, new float[] {9, 10, 11}, 0, 0, 1);
    LinearProbe probe = LinearProbe.fit(line, COMPUTE);
    double slope = 1 / (2 + probe.penalty());
    double third = 1.0 / 3;
    assertArrayEquals(
        new double[] {third - slope, third, third + slope},
        column(probe.apply(line), LinearProbe.RIDGE),
        1e-6);
  }

  @ParameterizedTest
  @CsvSource({"6, 3", "5, 40", "130, 5"})
  void ridgeRegressionAndItsPenaltyAreThoseOfTheNormalEquations(int n, int width) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n * width];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = random.nextInt(2);
      for (int j = 0; j < width; j++) {
        x[i * width + j] = (float) random.nextDouble() + (j == 0 ? y[i] : 0);
      }
    }
    FeatureRows rows = rows(width, x, y);
    LinearProbe probe = LinearProbe.fit(rows, COMPUTE);

    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (int power = -8; power <= 6; power++) {
      double penalty = Math.pow(10, power / 2.0) * variance(x, n, width);
      double error = 0;
      for (int i = 0; i < n; i++) {
        double[] prediction = primal(x, y, width, i, penalty);
        error += Math.pow(prediction[i] - y[i], 2);
      }
      if (error < least) {
        least = error;
        best = penalty;
      }
    }
    assertEquals(best, probe.penalty(), 1e-4 * best);
    assertArrayEquals(
        primal(x, y, width, -1, probe.penalty()),
        column(probe.apply(rows), LinearProbe.RIDGE),
        1e-4);
  }

  /** The sum of squared distances from the mean, divided by n: the mean eigenvalue. */
  private static double variance(float[] x, int n, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += x[i * width + j] / (double) n;
      }
      for (int i = 0; i < n; i++) {
        sum += Math.pow(x[i * width + j] - mean, 2);
      }
    }
    return sum / n;
  }

  /** Predictions for all samples by a regression that did not see one of them. */
  private static double[] primal(float[] x, float[] y, int width, int without, double penalty) {
    int n = y.length;
    DMatrixRMaj design = new DMatrixRMaj(n, width + 1);
    DMatrixRMaj seen = new DMatrixRMaj(n, width + 1);
    DMatrixRMaj target = new DMatrixRMaj(n, 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= width; j++) {
        double value = j == width ? 1 : x[i * width + j];
        design.set(i, j, value);
        seen.set(i, j, i == without ? 0 : value);
      }
      target.set(i, 0, i == without ? 0 : y[i]);
    }
    DMatrixRMaj normal = new DMatrixRMaj(width + 1, width + 1);
    CommonOps_DDRM.multInner(seen, normal);
    for (int j = 0; j < width; j++) {
      normal.add(j, j, penalty);
    }
    DMatrixRMaj moments = new DMatrixRMaj(width + 1, 1);
    CommonOps_DDRM.multTransA(seen, target, moments);
    DMatrixRMaj weights = new DMatrixRMaj(width + 1, 1);
    assertTrue(CommonOps_DDRM.solve(normal, moments, weights));
    DMatrixRMaj predictions = new DMatrixRMaj(n, 1);
    CommonOps_DDRM.mult(design, weights, predictions);
    return predictions.getData();
  }

  @Test
  void samplesThatAreAllTheSameHaveNoComponentsAndAreTheirMean() {
    FeatureRows same = rows(2, new float[] {1, 2, 1, 2, 1, 2}, 0, 1, 1);
    for (double[] row : LinearProbe.fit(same, COMPUTE).apply(same)) {
      assertArrayEquals(new double[] {0, 0, 2.0 / 3}, row, 1e-6);
    }
    FeatureRows single = rows(2, new float[] {1, 2}, 1);
    assertArrayEquals(
        new double[] {0, 0, 1}, LinearProbe.fit(single, COMPUTE).apply(single)[0], 1e-6);
  }

  @Test
  void twoSamplesLieOnOneAxis() {
    FeatureRows two = rows(2, new float[] {1, 1, 1, 3}, 0, 1);
    double[][] map = LinearProbe.fit(two, COMPUTE).apply(two);
    assertArrayEquals(new double[] {1, 1}, absolute(column(map, 0)), 1e-6);
    assertArrayEquals(new double[] {0, 0}, column(map, 1), 1e-6);
    assertTrue(map[0][LinearProbe.RIDGE] < 0.5 && map[1][LinearProbe.RIDGE] > 0.5);
  }

  @Test
  void ofTooManySamplesSomeAreTakenThatAreSpreadOverAll() {
    Tensor x = Tensor.of(Shape.of(7, 1), 0, 1, 2, 3, 4, 5, 6);
    FeatureRows rows = new FeatureRows(new ArrayDataset(x, x), 3);
    assertEquals(3, rows.count());
    assertArrayEquals(new double[] {0, 2, 4}, rows.targets());
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[100 * 700];
    float[] y = new float[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble();
      y[i % 100] = random.nextInt(2);
    }
    FeatureRows rows = rows(700, x, y);
    double[][] one = LinearProbe.fit(rows, Compute.threads(1)).apply(rows);
    double[][] two = LinearProbe.fit(rows, COMPUTE).apply(rows);
    assertTrue(Arrays.deepEquals(one, two));
  }
}
