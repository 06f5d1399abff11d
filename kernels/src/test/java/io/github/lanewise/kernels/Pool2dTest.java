package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Pool2dTest {

  private final Kernels kernels = KernelSelector.kernels();

  private static void assertMaxima(Pool2dGeometry g, GuardedFloats x, GuardedFloats y) {
    PoolOracle oracle = new PoolOracle(g, x.values());
    oracle.forEachOutput(
        (out, window) -> {
          double expected = window.stream().mapToDouble(oracle::input).max().orElseThrow();
          assertEquals(expected, y.get(out), "output " + out);
        });
  }

  private static void assertAverages(Pool2dGeometry g, GuardedFloats x, GuardedFloats y) {
    PoolOracle oracle = new PoolOracle(g, x.values());
    oracle.forEachOutput(
        (out, window) -> {
          double expected = window.stream().mapToDouble(oracle::input).average().orElseThrow();
          double scale =
              window.stream().mapToDouble(i -> Math.abs(oracle.input(i))).average().orElseThrow();
          assertEquals(expected, y.get(out), 1e-6 * scale + 1e-30, "output " + out);
        });
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.kernels.Pools#all")
  void poolsAreTheOracles(Pool2dGeometry dense) {
    int channels = dense.channels();
    for (Pool2dGeometry g : List.of(dense, dense.withPixelStrides(channels + 3, channels + 5))) {
      GuardedFloats x = GuardedFloats.random(3, Pools.inputSize(g), new Random(channels));
      assertMaxima(g, x, Pools.maxPool(g, x));
      GuardedFloats averages = Pools.averagePool(g, x, false);
      assertAverages(g, x, averages);
      GuardedFloats rectified = Pools.averagePool(g, x, true);
      for (int i = 0; i < averages.size(); i++) {
        if (i % g.outputPixelStride() < g.channels()) {
          assertEquals(Math.max(0, averages.get(i)), rectified.get(i), "relu of average " + i);
        }
      }
      x.assertGuardsIntact();
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.kernels.Pools#all")
  void paddingNeverWins(Pool2dGeometry g) {
    float[] values = new float[Pools.inputSize(g)];
    Arrays.fill(values, Float.NEGATIVE_INFINITY);
    GuardedFloats y = Pools.maxPool(g, GuardedFloats.of(3, values));
    for (int i = 0; i < y.size(); i++) {
      assertEquals(Float.NEGATIVE_INFINITY, y.get(i), "output " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.kernels.Pools#all")
  void nanWinsAndTakesTheGradient(Pool2dGeometry g) {
    GuardedFloats x = GuardedFloats.random(3, Pools.inputSize(g), new Random(14));
    for (int i = 0; i < x.size(); i += 5) {
      x.array()[x.offset() + i] = Float.NaN;
    }
    x.array()[x.offset() + 1] = Float.POSITIVE_INFINITY;
    GuardedFloats y = Pools.maxPool(g, x);
    GuardedFloats averages = Pools.averagePool(g, x, false);
    double[] expected = new double[x.size()];
    PoolOracle oracle = new PoolOracle(g, x.values());
    oracle.forEachOutput(
        (out, window) -> {
          int first = window.get(0);
          boolean nan = false;
          for (int i : window) {
            boolean wins = x.get(i) > x.get(first) || Float.isNaN(x.get(i));
            first = wins && !Float.isNaN(x.get(first)) ? i : first;
            nan |= Float.isNaN(x.get(i));
          }
          expected[first]++;
          assertEquals(nan, Float.isNaN(y.get(out)), "maximum " + out);
          assertEquals(nan, Float.isNaN(averages.get(out)), "average " + out);
        });
    float[] dy = new float[Pools.outputSize(g)];
    Arrays.fill(dy, 1);
    float[] dx = new float[x.size()];
    kernels.maxPool2dGradient(
        g, x.array(), x.offset(), y.array(), y.offset(), dy, 0, dx, 0, ParallelLoop.serial());
    for (int i = 0; i < dx.length; i++) {
      assertEquals(expected[i], dx[i], "gradient " + i);
    }
  }

  @Test
  void theTestedGeometriesClipWindowsOnAllSides() {
    Pool2dGeometry g = Pools.same(1, 5, 4, 1);
    assertTrue(g.padTop() > 0 && g.padLeft() > 0);
    assertTrue(g.windowBottom(g.outputHeight() - 1) == Pools.HEIGHT);
    assertEquals(3, g.windowBottom(0) - g.windowTop(0), "height of the top window");
    assertEquals(3, g.windowRight(0) - g.windowLeft(0), "width of the left window");
  }
}
