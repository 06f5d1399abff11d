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
class ElementwiseTest {

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(21);

  /** The result of a kernel of the double result of its oracle, but for one rounding each step. */
  private static void assertClose(double expected, float found, double scale, int index) {
    assertEquals(expected, found, 2.5e-7 * scale, "value " + index);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 33, 192, 16_389, 50_001})
  void addAddsAndMayWriteToASummand(int n) {
    GuardedFloats a = GuardedFloats.random(3, n, random);
    GuardedFloats b = GuardedFloats.random(5, n, random);
    GuardedFloats c =
        sameForAnyThreads(
            threads -> {
              GuardedFloats sum = GuardedFloats.guards(7, n);
              ParallelLoop loop = ParallelLoop.of(threads);
              kernels.add(n, a.array(), 3, b.array(), 5, sum.array(), 7, loop);
              sum.assertGuardsIntact();
              return sum;
            });
    GuardedFloats first = a.copy();
    kernels.add(n, first.array(), 3, b.array(), 5, first.array(), 3, ParallelLoop.of(2));
    first.assertGuardsIntact();
    GuardedFloats second = b.copy();
    kernels.add(n, a.array(), 3, second.array(), 5, second.array(), 5, ParallelLoop.of(2));
    second.assertGuardsIntact();
    for (int i = 0; i < n; i++) {
      float expected = a.get(i) + b.get(i);
      assertEquals(expected, c.get(i), "value " + i);
      assertEquals(expected, first.get(i), "value " + i + " in place of a");
      assertEquals(expected, second.get(i), "value " + i + " in place of b");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 33, 192, 16_389, 50_001})
  void axpyAddsAMultiple(int n) {
    GuardedFloats x = GuardedFloats.random(3, n, random);
    GuardedFloats before = GuardedFloats.random(5, n, random);
    float alpha = 0.7f;
    GuardedFloats y =
        sameForAnyThreads(
            threads -> {
              GuardedFloats sum = before.copy();
              ParallelLoop loop = ParallelLoop.of(threads);
              kernels.axpy(n, alpha, x.array(), 3, sum.array(), 5, loop);
              sum.assertGuardsIntact();
              return sum;
            });
    for (int i = 0; i < n; i++) {
      double expected = before.get(i) + (double) alpha * x.get(i);
      assertClose(expected, y.get(i), Math.abs(x.get(i)) + Math.abs(before.get(i)), i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 33, 192, 16_389, 50_001})
  void reluKeepsPositiveValuesAndMayWorkInPlace(int n) {
    GuardedFloats x = GuardedFloats.random(3, n, random);
    GuardedFloats y =
        sameForAnyThreads(
            threads -> {
              GuardedFloats positive = GuardedFloats.guards(5, n);
              kernels.relu(n, x.array(), 3, positive.array(), 5, ParallelLoop.of(threads));
              positive.assertGuardsIntact();
              return positive;
            });
    GuardedFloats inPlace = x.copy();
    kernels.relu(n, inPlace.array(), 3, inPlace.array(), 3, ParallelLoop.of(2));
    inPlace.assertGuardsIntact();
    for (int i = 0; i < n; i++) {
      float expected = x.get(i) > 0 ? x.get(i) : 0;
      assertEquals(expected, y.get(i), "value " + i);
      assertEquals(expected, inPlace.get(i), "value " + i + " in place");
    }
  }

  @Test
  void reluKeepsNanAndInfinity() {
    float[] special = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, Float.MIN_VALUE, -1e-40f
    };
    float[] expected = {Float.NaN, Float.POSITIVE_INFINITY, 0, 0, Float.MIN_VALUE, 0};
    float[] x = new float[6 * 11];
    for (int i = 0; i < x.length; i++) {
      x[i] = special[i % 6];
    }
    float[] y = new float[x.length];
    kernels.relu(x.length, x, 0, y, 0, ParallelLoop.serial());
    for (int i = 0; i < x.length; i++) {
      assertEquals(expected[i % 6], y[i], "value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 33, 192, 16_389, 50_001})
  void theGradientOfReluIsAddedWhereTheOutputIsPositive(int n) {
    GuardedFloats y = GuardedFloats.random(3, n, random);
    for (int i = 0; i < n; i += 3) {
      y.array()[3 + i] = 0;
    }
    GuardedFloats dy = GuardedFloats.random(5, n, random);
    GuardedFloats before = GuardedFloats.random(7, n, random);
    GuardedFloats dx =
        sameForAnyThreads(
            threads -> {
              GuardedFloats gradient = before.copy();
              ParallelLoop loop = ParallelLoop.of(threads);
              kernels.reluGradient(n, y.array(), 3, dy.array(), 5, gradient.array(), 7, loop);
              gradient.assertGuardsIntact();
              return gradient;
            });
    for (int i = 0; i < n; i++) {
      float expected = y.get(i) > 0 ? before.get(i) + dy.get(i) : before.get(i);
      assertEquals(expected, dx.get(i), "value " + i);
    }
  }

  @Test
  void theGradientOfReluIgnoresNanWhereTheOutputIsZero() {
    float[] y = new float[40];
    float[] dy = new float[40];
    Arrays.fill(dy, Float.NaN);
    float[] dx = new float[40];
    kernels.reluGradient(40, y, 0, dy, 0, dx, 0, ParallelLoop.serial());
    for (int i = 0; i < 40; i++) {
      assertEquals(0, dx[i], "value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 33, 192, 768})
  void scaleAndShiftGoByChannelAndMayWorkInPlace(int channels) {
    for (int rows : new int[] {0, 1, 7, 1_300}) {
      int n = rows * channels;
      GuardedFloats x = GuardedFloats.random(3, n, random);
      float[] scale = GuardedFloats.random(0, channels, random).values();
      float[] shift = GuardedFloats.random(0, channels, random).values();
      GuardedFloats y =
          sameForAnyThreads(
              threads -> {
                GuardedFloats output = GuardedFloats.guards(5, n);
                ParallelLoop loop = ParallelLoop.of(threads);
                kernels.scaleShift(
                    rows, channels, x.array(), 3, scale, shift, output.array(), 5, loop);
                output.assertGuardsIntact();
                return output;
              });
      GuardedFloats inPlace = x.copy();
      kernels.scaleShift(
          rows, channels, inPlace.array(), 3, scale, shift, inPlace.array(), 3, ParallelLoop.of(2));
      inPlace.assertGuardsIntact();
      for (int i = 0; i < n; i++) {
        int c = i % channels;
        double product = (double) x.get(i) * scale[c];
        assertClose(product + shift[c], y.get(i), Math.abs(product) + Math.abs(shift[c]), i);
        assertEquals(y.get(i), inPlace.get(i), "value " + i + " in place");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 33, 192, 768})
  void theBiasIsAddedToEachRow(int channels) {
    for (int rows : new int[] {0, 1, 7, 1_300}) {
      int n = rows * channels;
      GuardedFloats before = GuardedFloats.random(3, n, random);
      GuardedFloats bias = GuardedFloats.random(5, channels, random);
      GuardedFloats x =
          sameForAnyThreads(
              threads -> {
                GuardedFloats sum = before.copy();
                ParallelLoop loop = ParallelLoop.of(threads);
                kernels.addBias(rows, channels, bias.array(), 5, sum.array(), 3, loop);
                sum.assertGuardsIntact();
                return sum;
              });
      for (int i = 0; i < n; i++) {
        assertEquals(before.get(i) + bias.get(i % channels), x.get(i), "value " + i);
      }
    }
  }
}
