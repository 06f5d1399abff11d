package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Pool2dTest {

  private static final int BATCH = 2;
  private static final int HEIGHT = 9;
  private static final int WIDTH = 7;

  private final Kernels kernels = KernelSelector.kernels();

  private static Pool2dGeometry valid(int channels, int height, int width, int stride) {
    int outputHeight = (HEIGHT - height) / stride + 1;
    int outputWidth = (WIDTH - width) / stride + 1;
    return new Pool2dGeometry(
        BATCH,
        HEIGHT,
        WIDTH,
        channels,
        channels,
        height,
        width,
        stride,
        stride,
        0,
        0,
        outputHeight,
        outputWidth,
        channels);
  }

  private static Pool2dGeometry same(int channels, int height, int width, int stride) {
    int outputHeight = (HEIGHT + stride - 1) / stride;
    int outputWidth = (WIDTH + stride - 1) / stride;
    return new Pool2dGeometry(
        BATCH,
        HEIGHT,
        WIDTH,
        channels,
        channels,
        height,
        width,
        stride,
        stride,
        Math.max(0, (outputHeight - 1) * stride + height - HEIGHT) / 2,
        Math.max(0, (outputWidth - 1) * stride + width - WIDTH) / 2,
        outputHeight,
        outputWidth,
        channels);
  }

  static List<Pool2dGeometry> geometries() {
    List<Pool2dGeometry> list = new ArrayList<>();
    for (int channels : new int[] {1, 3, 16, 17, 33, 192}) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int[] pool : new int[][] {{1, 1}, {2, 2}, {3, 3}, {1, 3}, {3, 2}, {5, 4}}) {
          list.add(valid(channels, pool[0], pool[1], stride));
          list.add(same(channels, pool[0], pool[1], stride));
        }
      }
      list.add(valid(channels, HEIGHT, WIDTH, 1));
    }
    list.add(same(768, 3, 3, 1));
    list.add(valid(768, 3, 3, 2));
    list.add(valid(768, HEIGHT, WIDTH, 1));
    return list;
  }

  private static int inputSize(Pool2dGeometry g) {
    return g.batch() * g.inputHeight() * g.inputWidth() * g.inputPixelStride();
  }

  private static int outputSize(Pool2dGeometry g) {
    return g.batch() * g.outputHeight() * g.outputWidth() * g.outputPixelStride();
  }

  private GuardedFloats maxPool(Pool2dGeometry g, GuardedFloats x) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats y = GuardedFloats.guards(5, outputSize(g));
          kernels.maxPool2d(
              g, x.array(), x.offset(), y.array(), y.offset(), ParallelLoop.of(threads));
          y.assertGuardsIntact(g.channels(), g.outputPixelStride());
          return y;
        });
  }

  private GuardedFloats averagePool(Pool2dGeometry g, GuardedFloats x) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats y = GuardedFloats.guards(5, outputSize(g));
          kernels.averagePool2d(
              g, x.array(), x.offset(), y.array(), y.offset(), ParallelLoop.of(threads));
          y.assertGuardsIntact(g.channels(), g.outputPixelStride());
          return y;
        });
  }

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
  @MethodSource("geometries")
  void poolsAreTheOracles(Pool2dGeometry dense) {
    int channels = dense.channels();
    for (Pool2dGeometry g : List.of(dense, dense.withPixelStrides(channels + 3, channels + 5))) {
      GuardedFloats x = GuardedFloats.random(3, inputSize(g), new Random(channels));
      assertMaxima(g, x, maxPool(g, x));
      assertAverages(g, x, averagePool(g, x));
      x.assertGuardsIntact();
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void theGradientOfTheMaximumGoesToTheFirstInputThatHoldsIt(Pool2dGeometry g) {
    Random random = new Random(11);
    float[] values = new float[inputSize(g)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4);
    }
    GuardedFloats x = GuardedFloats.of(3, values);
    GuardedFloats y = maxPool(g, x);
    GuardedFloats dy = GuardedFloats.random(7, outputSize(g), random);
    GuardedFloats before = GuardedFloats.random(9, inputSize(g), random);
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
    double[] expected = new double[inputSize(g)];
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
  @MethodSource("geometries")
  void theGradientOfTheAverageIsSharedByItsWindow(Pool2dGeometry g) {
    Random random = new Random(12);
    GuardedFloats dy = GuardedFloats.random(7, outputSize(g), random);
    GuardedFloats before = GuardedFloats.random(9, inputSize(g), random);
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
    double[] expected = new double[inputSize(g)];
    new PoolOracle(g, new float[inputSize(g)])
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
    Pool2dGeometry g = same(3, 3, 3, 2);
    Random random = new Random(13);
    // Multiples of 1/16, all different within a channel, so that a step of 1/64 moves no maximum.
    List<Float> distinct = new ArrayList<>();
    for (int i = 0; i < inputSize(g); i++) {
      distinct.add(i / 16f);
    }
    Collections.shuffle(distinct, random);
    float[] values = new float[distinct.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = distinct.get(i);
    }
    GuardedFloats x = GuardedFloats.of(0, values);
    GuardedFloats dy = GuardedFloats.random(0, outputSize(g), random);
    GuardedFloats y = maxPool(g, x);
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
      double max = dot(dy, maxPool(g, above)) - dot(dy, maxPool(g, below));
      assertEquals(max / (2 * step), maxGradient[i], 1e-4, "maximum, input " + i);
      double average = dot(dy, averagePool(g, above)) - dot(dy, averagePool(g, below));
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

  @ParameterizedTest
  @MethodSource("geometries")
  void paddingNeverWins(Pool2dGeometry g) {
    float[] values = new float[inputSize(g)];
    Arrays.fill(values, Float.NEGATIVE_INFINITY);
    GuardedFloats y = maxPool(g, GuardedFloats.of(3, values));
    for (int i = 0; i < y.size(); i++) {
      assertEquals(Float.NEGATIVE_INFINITY, y.get(i), "output " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void nanWinsAndTakesTheGradient(Pool2dGeometry g) {
    GuardedFloats x = GuardedFloats.random(3, inputSize(g), new Random(14));
    for (int i = 0; i < x.size(); i += 5) {
      x.array()[x.offset() + i] = Float.NaN;
    }
    x.array()[x.offset() + 1] = Float.POSITIVE_INFINITY;
    GuardedFloats y = maxPool(g, x);
    GuardedFloats averages = averagePool(g, x);
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
    float[] dy = new float[outputSize(g)];
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
    Pool2dGeometry g = same(1, 5, 4, 1);
    assertTrue(g.padTop() > 0 && g.padLeft() > 0);
    assertTrue(g.windowBottom(g.outputHeight() - 1) == HEIGHT);
    assertEquals(3, g.windowBottom(0) - g.windowTop(0), "height of the top window");
    assertEquals(3, g.windowRight(0) - g.windowLeft(0), "width of the left window");
  }
}
