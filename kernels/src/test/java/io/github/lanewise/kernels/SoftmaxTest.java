package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("every-width")
class SoftmaxTest {

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(41);

  private static double[] softmax(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : row) {
      max = Math.max(max, x);
    }
    double sum = 0;
    double[] y = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      y[i] = Math.exp(row[i] - max);
      sum += y[i];
    }
    for (int i = 0; i < row.length; i++) {
      y[i] /= sum;
    }
    return y;
  }

  private static double[] row(GuardedFloats x, int row, int columns) {
    double[] values = new double[columns];
    for (int c = 0; c < columns; c++) {
      values[c] = x.get(row * columns + c);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 17, 33, 192, 1_000})
  void softmaxIsTheOraclesAndMayWorkInPlace(int columns) {
    for (int rows : new int[] {0, 1, 7, 200}) {
      int n = rows * columns;
      GuardedFloats x = GuardedFloats.random(3, n, random);
      for (int i = 0; i < n; i++) {
        x.array()[3 + i] *= 8;
      }
      GuardedFloats y =
          sameForAnyThreads(
              threads -> {
                GuardedFloats output = GuardedFloats.guards(5, n);
                ParallelLoop loop = ParallelLoop.of(threads);
                kernels.softmax(rows, columns, x.array(), 3, output.array(), 5, loop);
                output.assertGuardsIntact();
                return output;
              });
      GuardedFloats inPlace = x.copy();
      kernels.softmax(rows, columns, inPlace.array(), 3, inPlace.array(), 3, ParallelLoop.of(2));
      inPlace.assertGuardsIntact();
      for (int i = 0; i < n; i++) {
        double expected = softmax(row(x, i / columns, columns))[i % columns];
        // The difference from the maximum is rounded, and reaches some 60.
        assertEquals(expected, y.get(i), 5e-6 * expected, "value " + i);
        assertEquals(y.get(i), inPlace.get(i), "value " + i + " in place");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 40})
  void hugeLogitsDoNotOverflow(int columns) {
    float[] x = new float[columns];
    Arrays.fill(x, -3e38f);
    x[columns / 2] = 3e38f;
    kernels.softmax(1, columns, x, 0, x, 0, ParallelLoop.serial());
    for (int c = 0; c < columns; c++) {
      assertEquals(c == columns / 2 ? 1 : 0, x[c], "column " + c);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 40})
  void minusInfinityHasNoShareAndNanSpoilsItsRowOnly(int columns) {
    float[] x = new float[2 * columns];
    x[columns - 1] = Float.NEGATIVE_INFINITY;
    x[columns] = Float.NaN;
    kernels.softmax(2, columns, x, 0, x, 0, ParallelLoop.serial());
    assertEquals(0, x[columns - 1]);
    assertEquals(1f / (columns - 1), x[0], 1e-7f);
    for (int c = 0; c < columns; c++) {
      assertEquals(Float.NaN, x[columns + c], "column " + c);
    }
  }

  @Test
  void theGradientIsTheCentralDifference() {
    for (int columns : new int[] {1, 2, 3, 17, 33}) {
      int rows = 3;
      int n = rows * columns;
      GuardedFloats x = GuardedFloats.random(3, n, random);
      float[] y = new float[n];
      kernels.softmax(rows, columns, x.array(), 3, y, 0, ParallelLoop.serial());
      GuardedFloats dy = GuardedFloats.random(5, n, random);
      GuardedFloats before = GuardedFloats.random(7, n, random);
      GuardedFloats dx = gradient(rows, columns, y, dy, before);
      double h = 1e-4;
      for (int i = 0; i < n; i++) {
        double[] above = row(x, i / columns, columns);
        double[] below = above.clone();
        above[i % columns] += h;
        below[i % columns] -= h;
        above = softmax(above);
        below = softmax(below);
        double slope = 0;
        for (int c = 0; c < columns; c++) {
          slope += dy.get(i - i % columns + c) * (above[c] - below[c]) / (2 * h);
        }
        assertEquals(before.get(i) + slope, dx.get(i), 1e-6, "gradient " + i);
      }
    }
  }

  @Test
  void theGradientIsTheSameOnSeveralThreads() {
    int rows = 300;
    int columns = 1_000;
    float[] y = GuardedFloats.random(0, rows * columns, random).values();
    GuardedFloats dy = GuardedFloats.random(5, rows * columns, random);
    GuardedFloats before = GuardedFloats.random(7, rows * columns, random);
    GuardedFloats dx = gradient(rows, columns, y, dy, before);
    int last = rows * columns - columns;
    double dot = 0;
    for (int c = 0; c < columns; c++) {
      dot += (double) y[last + c] * dy.get(last + c);
    }
    assertEquals(before.get(last) + y[last] * (dy.get(last) - dot), dx.get(last), 1e-4);
  }

  private GuardedFloats gradient(
      int rows, int columns, float[] y, GuardedFloats dy, GuardedFloats before) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats gradient = before.copy();
          ParallelLoop loop = ParallelLoop.of(threads);
          kernels.softmaxGradient(rows, columns, y, 0, dy.array(), 5, gradient.array(), 7, loop);
          gradient.assertGuardsIntact();
          return gradient;
        });
  }
}
