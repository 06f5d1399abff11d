package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten steps with changing gradients, beside the same formulas in double precision. */
@Tag("every-width")
class OptimizersTest {

  private static final int STEPS = 10;

  private final Kernels kernels = KernelSelector.kernels();

  /** Applies one step to the weights, given the gradients and the number of the step from 1. */
  @FunctionalInterface
  private interface Step {
    void apply(float[] w, float[] g, int step);
  }

  private static GuardedFloats train(int n, Step step) {
    GuardedFloats w = GuardedFloats.random(0, n, new Random(71));
    float[] weights = w.array();
    Random random = new Random(72);
    for (int t = 1; t <= STEPS; t++) {
      step.apply(weights, GuardedFloats.random(0, n, random).values(), t);
    }
    w.assertGuardsIntact();
    return w;
  }

  /** One weight in double precision: receives the gradient and gives the change. */
  @FunctionalInterface
  private interface Oracle {
    double change(double gradient, double[] state, int step);
  }

  private static void assertTrained(GuardedFloats found, Oracle oracle) {
    int n = found.size();
    double[] w = new double[n];
    GuardedFloats initial = GuardedFloats.random(0, n, new Random(71));
    double[][] state = new double[n][2];
    Random random = new Random(72);
    for (int i = 0; i < n; i++) {
      w[i] = initial.get(i);
    }
    for (int t = 1; t <= STEPS; t++) {
      GuardedFloats g = GuardedFloats.random(0, n, random);
      for (int i = 0; i < n; i++) {
        w[i] += oracle.change(g.get(i), state[i], t);
      }
    }
    for (int i = 0; i < n; i++) {
      assertEquals(w[i], found.get(i), 3e-6, "weight " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 192, 40_000})
  void rmspropStepsAsKeras(int n) {
    float lr = 0.01f;
    float rho = 0.9f;
    float epsilon = 1e-7f;
    GuardedFloats w =
        sameForAnyThreads(
            threads -> {
              float[] v = new float[n];
              ParallelLoop loop = ParallelLoop.of(threads);
              return train(
                  n,
                  (weights, g, t) ->
                      kernels.rmsprop(weights, v, lr, rho, epsilon).applyAll(n, g, 0, loop));
            });
    assertTrained(
        w,
        (g, s, t) -> {
          s[0] = rho * s[0] + (1 - rho) * g * g;
          return -lr * g / Math.sqrt(s[0] + epsilon);
        });
  }

  @Test
  void rmspropDoesNotMoveWithoutAGradient() {
    float[] w = {1, -2};
    kernels
        .rmsprop(w, new float[2], 0.1f, 0.9f, 1e-7f)
        .applyAll(2, new float[2], 0, ParallelLoop.serial());
    assertEquals(1, w[0]);
    assertEquals(-2, w[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, false",
    "17, 0.9, false",
    "17, 0.9, true",
    "40000, 0.9, true",
    "40000, 0.5, false"
  })
  void sgdStepsAsKeras(int n, float momentum, boolean nesterov) {
    float lr = 0.01f;
    GuardedFloats w =
        sameForAnyThreads(
            threads -> {
              float[] m = new float[n];
              ParallelLoop loop = ParallelLoop.of(threads);
              return train(
                  n,
                  (weights, g, t) ->
                      kernels.sgd(weights, m, lr, momentum, nesterov).applyAll(n, g, 0, loop));
            });
    assertTrained(
        w,
        (g, s, t) -> {
          s[0] = momentum * s[0] - lr * g;
          return nesterov ? momentum * s[0] - lr * g : s[0];
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 192, 40_000})
  void adamStepsAsKeras(int n) {
    double lr = 0.01;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float epsilon = 1e-7f;
    GuardedFloats w =
        sameForAnyThreads(
            threads -> {
              float[] m = new float[n];
              float[] v = new float[n];
              ParallelLoop loop = ParallelLoop.of(threads);
              return train(
                  n,
                  (weights, g, t) -> {
                    float size = (float) stepSize(lr, beta1, beta2, t);
                    kernels
                        .adam(weights, m, v, size, beta1, beta2, epsilon)
                        .applyAll(n, g, 0, loop);
                  });
            });
    assertTrained(
        w,
        (g, s, t) -> {
          s[0] = beta1 * s[0] + (1 - (double) beta1) * g;
          s[1] = beta2 * s[1] + (1 - (double) beta2) * g * g;
          return -stepSize(lr, beta1, beta2, t) * s[0] / (Math.sqrt(s[1]) + epsilon);
        });
  }

  private static double stepSize(double lr, double beta1, double beta2, int t) {
    return lr * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
  }
}
