package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("every-width")
class SigmoidTest {

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(31);

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 33, 192, 16_389, 50_001})
  void sigmoidIsTheOraclesAndMayWorkInPlace(int n) {
    GuardedFloats x = GuardedFloats.random(3, n, random);
    for (int i = 0; i < n; i++) {
      x.array()[3 + i] *= 10;
    }
    GuardedFloats y =
        sameForAnyThreads(
            threads -> {
              GuardedFloats output = GuardedFloats.guards(5, n);
              kernels.sigmoid(n, x.array(), 3, output.array(), 5, ParallelLoop.of(threads));
              output.assertGuardsIntact();
              return output;
            });
    GuardedFloats inPlace = x.copy();
    kernels.sigmoid(n, inPlace.array(), 3, inPlace.array(), 3, ParallelLoop.of(2));
    inPlace.assertGuardsIntact();
    for (int i = 0; i < n; i++) {
      double expected = sigmoid(x.get(i));
      assertEquals(expected, y.get(i), 3e-7 * expected, "sigmoid of " + x.get(i));
      assertEquals(y.get(i), inPlace.get(i), "value " + i + " in place");
    }
  }

  @Test
  void anElementHasTheSameBitsWhereverItStands() {
    int n = 1_000;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian() * 30;
    }
    float[] together = new float[n];
    kernels.sigmoid(n, x, 0, together, 0, ParallelLoop.serial());
    for (int i = 0; i < n; i++) {
      float[] alone = new float[1];
      kernels.sigmoid(1, x, i, alone, 0, ParallelLoop.serial());
      assertEquals(together[i], alone[0], "sigmoid of " + x[i]);
    }
  }

  @Test
  void theRelativeErrorIsSmallOverAllFloats() {
    int step = 9_973;
    int count = Integer.MAX_VALUE / step * 2;
    float[] x = new float[count];
    int bits = Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      x[i] = Float.intBitsToFloat(bits);
      bits += step;
    }
    float[] y = new float[count];
    kernels.sigmoid(count, x, 0, y, 0, ParallelLoop.of(2));
    for (int i = 0; i < count; i++) {
      if (Float.isNaN(x[i])) {
        assertTrue(Float.isNaN(y[i]), "sigmoid of NaN is " + y[i]);
      } else {
        double expected = sigmoid(x[i]);
        double tolerance = 3e-7 * expected + Float.MIN_NORMAL;
        assertTrue(
            Math.abs(expected - y[i]) <= tolerance,
            () -> "sigmoid: expected " + expected + " found one further off than " + tolerance);
      }
    }
  }

  @Test
  void sigmoidSaturatesAndKeepsNan() {
    float[] special = {Float.NEGATIVE_INFINITY, -1e30f, -200, 0, -0f, 200, 1e30f, Float.NaN};
    float[] expected = {0, 0, 0, 0.5f, 0.5f, 1, 1, Float.NaN};
    float[] x = new float[8 * 9 + 5];
    for (int i = 0; i < x.length; i++) {
      x[i] = special[i % 8];
    }
    kernels.sigmoid(x.length, x, 0, x, 0, ParallelLoop.serial());
    for (int i = 0; i < x.length; i++) {
      assertEquals(expected[i % 8], x[i], "value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 17, 192, 50_001})
  void theGradientIsTheCentralDifference(int n) {
    GuardedFloats x = GuardedFloats.random(3, n, random);
    float[] y = new float[n];
    kernels.sigmoid(n, x.array(), 3, y, 0, ParallelLoop.serial());
    GuardedFloats dy = GuardedFloats.random(5, n, random);
    GuardedFloats before = GuardedFloats.random(7, n, random);
    GuardedFloats dx =
        sameForAnyThreads(
            threads -> {
              GuardedFloats gradient = before.copy();
              ParallelLoop loop = ParallelLoop.of(threads);
              kernels.sigmoidGradient(n, y, 0, dy.array(), 5, gradient.array(), 7, loop);
              gradient.assertGuardsIntact();
              return gradient;
            });
    double h = 1e-4;
    for (int i = 0; i < n; i++) {
      double slope = (sigmoid(x.get(i) + h) - sigmoid(x.get(i) - h)) / (2 * h);
      assertEquals(before.get(i) + dy.get(i) * slope, dx.get(i), 1e-6, "gradient " + i);
    }
  }
}
