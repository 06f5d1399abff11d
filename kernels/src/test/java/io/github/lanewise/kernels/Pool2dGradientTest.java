package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Pool2dGradientTest {

  private final Kernels kernels = KernelSelector.kernels();

  @ParameterizedTest
  @MethodSource("io.github.lanewise.kernels.Pools#all")
  void theGradientOfTheMaximumGoesToTheFirstInputThatHoldsIt(Pool2dGeometry g) {
    Random random = new Random(11);
    float[] values = new float[Pools.inputSize(g)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4);
    }
    GuardedFloats x = GuardedFloats.of(3, values);
    GuardedFloats y = Pools.maxPool(g, x);
    GuardedFloats dy = GuardedFloats.random(7, Pools.outputSize(g), random);
    GuardedFloats before = GuardedFloats.random(9, Pools.inputSize(g), random);
    GuardedFloats dx =
        sameForAnyThreads(
            threads -> {
              GuardedFloats gradient = before.copy();
              kernels.maxPool2dGradient(
                  g,
                  x.array(),
                  x.offset(),
                  y.array(),
                  y.offset(),
                  dy.array(),
                  dy.offset(),
                  gradient.array(),
                  gradient.offset(),
                  ParallelLoop.of(threads));
              gradient.assertGuardsIntact();
              return gradient;
            });
    double[] expected = new double[Pools.inputSize(g)];
    new PoolOracle(g, values)
        .forEachOutput(
            (out, window) -> {
              int first = window.get(0);
              for (int i : window) {
                first = values[i] > values[first] ? i : first;
              }
              expected[first] += dy.get(out);
            });
    assertGradient(expected, before, dx);
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.kernels.Pools#all")
  void theGradientOfTheAverageIsSharedByItsWindow(Pool2dGeometry g) {
    Random random = new Random(12);
    GuardedFloats dy = GuardedFloats.random(7, Pools.outputSize(g), random);
    GuardedFloats before = GuardedFloats.random(9, Pools.inputSize(g), random);
    GuardedFloats dx =
        sameForAnyThreads(
            threads -> {
              GuardedFloats gradient = before.copy();
              kernels.averagePool2dGradient(
                  g,
                  dy.array(),
                  dy.offset(),
                  gradient.array(),
                  gradient.offset(),
                  ParallelLoop.of(threads));
              gradient.assertGuardsIntact();
              return gradient;
            });
    double[] expected = new double[Pools.inputSize(g)];
    new PoolOracle(g, new float[Pools.inputSize(g)])
        .forEachOutput(
            (out, window) -> {
              for (int i : window) {
                expected[i] += (double) dy.get(out) / window.size();
              }
            });
    assertGradient(expected, before, dx);
  }

  private static void assertGradient(double[] expected, GuardedFloats before, GuardedFloats after) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] + before.get(i), after.get(i), 1e-5, "gradient " + i);
    }
  }

  @Test
  void gradientsAreTheCentralDifferences() {
    Pool2dGeometry g = Pools.same(3, 3, 3, 2);
    Random random = new Random(13);
    // Multiples of 1/16, all different within a channel, so that a step of 1/64 moves no maximum.
    List<Float> distinct = new ArrayList<>();
    for (int i = 0; i < Pools.inputSize(g); i++) {
      distinct.add(i / 16f);
    }
    Collections.shuffle(distinct, random);
    float[] values = new float[distinct.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = distinct.get(i);
    }
    GuardedFloats x = GuardedFloats.of(0, values);
    GuardedFloats dy = GuardedFloats.random(0, Pools.outputSize(g), random);
    GuardedFloats y = Pools.maxPool(g, x);
    float[] maxGradient = new float[values.length];
    float[] averageGradient = new float[values.length];
    ParallelLoop serial = ParallelLoop.serial();
    kernels.maxPool2dGradient(
        g, x.array(), 0, y.array(), y.offset(), dy.array(), 0, maxGradient, 0, serial);
    kernels.averagePool2dGradient(g, dy.array(), 0, averageGradient, 0, serial);
    float step = 1 / 64f;
    for (int i = 0; i < values.length; i++) {
      GuardedFloats above = GuardedFloats.of(0, values);
      above.array()[i] += step;
      GuardedFloats below = GuardedFloats.of(0, values);
      below.array()[i] -= step;
      double max = dot(dy, Pools.maxPool(g, above)) - dot(dy, Pools.maxPool(g, below));
      assertEquals(max / (2 * step), maxGradient[i], 1e-4, "maximum, input " + i);
      double average =
          dot(dy, Pools.averagePool(g, above, false)) - dot(dy, Pools.averagePool(g, below, false));
      assertEquals(average / (2 * step), averageGradient[i], 2e-3, "average, input " + i);
    }
  }

  private static double dot(GuardedFloats a, GuardedFloats b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }
}
