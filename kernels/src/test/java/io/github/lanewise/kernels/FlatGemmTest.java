package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of few rows and a matrix of many: what a Dense layer of many inputs computes. */
@Tag("every-width")
class FlatGemmTest {

  private final Kernels kernels = KernelSelector.kernels();

  @ParameterizedTest
  @CsvSource({
    "1, 64, 256, true",
    "3, 70, 300, false",
    "5, 129, 384, false",
    "8, 96, 385, true",
    "9, 191, 261, true",
    "11, 64, 268, false",
    "20, 128, 1000, true",
    "20, 1100, 257, false",
    "64, 200, 400, true",
    "65, 200, 400, false"
  })
  void theProductIsThatOfDoubles(int m, int n, int k, boolean accumulate) {
    GuardedFloats a = GuardedFloats.random(3, m * (k + 2), new Random(1));
    GuardedFloats b = GuardedFloats.random(5, k * (n + 1), new Random(2));
    GuardedFloats start = GuardedFloats.random(7, m * (n + 3), new Random(3));
    GemmGeometry g = new GemmGeometry(m, n, k, false, false, k + 2, n + 1, n + 3);
    GuardedFloats c =
        sameForAnyThreads(
            threads -> {
              GuardedFloats result = start.copy();
              kernels.gemm(
                  g,
                  a.array(),
                  a.offset(),
                  b.array(),
                  b.offset(),
                  result.array(),
                  result.offset(),
                  accumulate,
                  ParallelLoop.of(threads));
              result.assertGuardsIntact();
              return result;
            });
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n + 3; j++) {
        int at = i * (n + 3) + j;
        double expected = accumulate || j >= n ? start.get(at) : 0;
        for (int p = 0; p < k && j < n; p++) {
          expected += (double) a.get(i * (k + 2) + p) * b.get(p * (n + 1) + j);
        }
        assertEquals(expected, c.get(at), j < n ? 2e-3 : 0, "row " + i + ", column " + j);
      }
    }
  }
}
