package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A product applied to weights a piece at a time, beside the product stored and then applied. */
@Tag("every-width")
class GemmUpdateTest {

  private static final String SIZES =
      """
      1, 1, 1
      7, 33, 5
      17, 64, 20
      200, 70, 20
      450, 1030, 3
      5, 40, 210
      400, 1, 20
      """;

  private final Kernels kernels = KernelSelector.kernels();

  /** The update of weights with one array of state. */
  @FunctionalInterface
  private interface Rule {
    WeightUpdate of(float[] weights, float[] state);
  }

  private void check(int m, int n, int k, Rule rule) {
    GuardedFloats a = GuardedFloats.random(3, k * m, new Random(1));
    GuardedFloats b = GuardedFloats.random(5, k * n, new Random(2));
    GuardedFloats start = GuardedFloats.random(0, m * n, new Random(3));
    float[] product = new float[m * n];
    kernels.gemm(
        GemmGeometry.transposeA(m, n, k),
        a.array(),
        a.offset(),
        b.array(),
        b.offset(),
        product,
        0,
        true,
        ParallelLoop.serial());
    GuardedFloats expected = start.copy();
    float[] expectedState = new float[m * n];
    rule.of(expected.array(), expectedState).applyAll(m * n, product, 0, ParallelLoop.serial());
    for (int threads = 1; threads <= 3; threads++) {
      GuardedFloats found = start.copy();
      float[] state = new float[m * n];
      kernels.gemmUpdate(
          m,
          n,
          k,
          a.array(),
          a.offset(),
          b.array(),
          b.offset(),
          rule.of(found.array(), state),
          ParallelLoop.of(threads));
      found.assertGuardsIntact();
      for (int i = 0; i < m * n; i++) {
        String what = "weight " + i + " on " + threads + " threads";
        assertEquals(bits(expected.get(i)), bits(found.get(i)), what);
        assertEquals(bits(expectedState[i]), bits(state[i]), "state of " + what);
      }
    }
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void rmspropGetsTheBitsOfTheStoredGradient(int m, int n, int k) {
    check(m, n, k, (w, v) -> kernels.rmsprop(w, v, 0.01f, 0.9f, 1e-7f));
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void sgdGetsTheBitsOfTheStoredGradient(int m, int n, int k) {
    check(m, n, k, (w, v) -> kernels.sgd(w, v, 0.01f, 0.9f, true));
    check(m, n, k, (w, v) -> kernels.sgd(w, v, 0.01f, 0.9f, false));
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void anUpdateOfOnesOwnGetsTheBitsOfTheStoredGradient(int m, int n, int k) {
    check(
        m,
        n,
        k,
        (w, v) ->
            (from, to, g, at) -> {
              for (int i = from; i < to; i++) {
                v[i] += g[at + i - from];
                w[i] -= 0.5f * v[i];
              }
            });
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void adamGetsTheBitsOfTheStoredGradient(int m, int n, int k) {
    float[] means = new float[m * n];
    check(
        m,
        n,
        k,
        (w, v) -> {
          Arrays.fill(means, 0);
          return kernels.adam(w, means, v, 0.01f, 0.9f, 0.999f, 1e-7f);
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "3, 30", "100, 129"})
  void stretchesMayBeCutAnywhere(int cut, int n) {
    float[] g = GuardedFloats.random(0, n, new Random(4)).values();
    float[] whole = GuardedFloats.random(0, n, new Random(5)).values();
    float[] pieces = whole.clone();
    kernels.rmsprop(whole, new float[n], 0.01f, 0.9f, 1e-7f).apply(0, n, g, 0);
    WeightUpdate update = kernels.rmsprop(pieces, new float[n], 0.01f, 0.9f, 1e-7f);
    update.apply(cut, n, g, cut);
    update.apply(0, cut, g, 0);
    assertArrayEquals(whole, pieces);
  }
}
