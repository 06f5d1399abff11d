package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class GemmTest {

  private static final int[] SIZES = {1, 2, 7, 16, 17, 31, 64, 65};

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(5);

  static List<GemmGeometry> cases() {
    List<GemmGeometry> cases = new ArrayList<>();
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : new int[] {0, 1, 5, 64, 193}) {
          cases.add(GemmGeometry.dense(m, n, k));
        }
      }
    }
    Random random = new Random(6);
    for (int i = 0; i < 80; i++) {
      int m = 1 + random.nextInt(70);
      int n = 1 + random.nextInt(70);
      int k = 1 + random.nextInt(70);
      boolean transposeA = random.nextBoolean();
      boolean transposeB = random.nextBoolean();
      cases.add(
          new GemmGeometry(
              m,
              n,
              k,
              transposeA,
              transposeB,
              (transposeA ? m : k) + random.nextInt(4),
              (transposeB ? k : n) + random.nextInt(4),
              n + random.nextInt(4)));
    }
    cases.add(GemmGeometry.dense(20, 300, 1000));
    cases.add(GemmGeometry.transposeA(1100, 300, 20));
    cases.add(GemmGeometry.transposeB(20, 1030, 257));
    cases.add(GemmGeometry.dense(257, 1, 1000));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProductReplacesWhatWasThere(GemmGeometry g) {
    check(g, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProductIsAddedToWhatWasThere(GemmGeometry g) {
    check(g, true);
  }

  private void check(GemmGeometry g, boolean accumulate) {
    GuardedFloats a = matrix(3, g.transposeA() ? g.k() : g.m(), g.aStride());
    GuardedFloats b = matrix(5, g.transposeB() ? g.n() : g.k(), g.bStride());
    GuardedFloats before = matrix(1, g.m(), g.cStride());
    GuardedFloats found =
        GuardedFloats.sameForAnyThreads(
            threads -> {
              GuardedFloats c = before.copy();
              kernels.gemm(
                  g,
                  a.array(),
                  a.offset(),
                  b.array(),
                  b.offset(),
                  c.array(),
                  c.offset(),
                  accumulate,
                  ParallelLoop.of(threads));
              return c;
            });
    found.assertGuardsIntact();
    for (int i = 0; i < g.m(); i++) {
      for (int j = 0; j < g.cStride(); j++) {
        int at = i * g.cStride() + j;
        if (j >= g.n()) {
          assertEquals(before.get(at), found.get(at), "between rows");
          continue;
        }
        Conv2dOracle.Expected expected = new Conv2dOracle.Expected(1);
        for (int p = 0; p < g.k(); p++) {
          float left = a.get(g.transposeA() ? p * g.aStride() + i : i * g.aStride() + p);
          float right = b.get(g.transposeB() ? j * g.bStride() + p : p * g.bStride() + j);
          expected.add(0, (double) left * right);
        }
        if (accumulate) {
          expected.add(0, before.get(at));
        }
        double tolerance = expected.tolerance(0, g.k());
        assertEquals(expected.sums()[0], found.get(at), tolerance, i + ", " + j);
      }
    }
  }

  private GuardedFloats matrix(int offset, int rows, int stride) {
    return GuardedFloats.random(offset, rows * stride, random);
  }
}
