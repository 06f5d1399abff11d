package io.github.lanewise.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two ways to multiply few rows by a large matrix, of which a machine takes one. */
@Tag("every-width")
class FlatProductsTest {

  @BeforeEach
  void needsVectors() {
    assumeTrue(KernelSelector.kernels().vectorBits() > 0, "scalar kernels are in use");
  }

  /** Keeps the vector classes from being linked where the module is absent. */
  private static final class Vectors {

    static float[] packed(GemmGeometry g, float[] a, float[] b, float[] start, int threads) {
      float[] c = start.clone();
      SimdFlatGemm.gemm(g, a, 1, b, 2, c, 3, true, ParallelLoop.of(threads));
      return c;
    }

    static float[] unpacked(GemmGeometry g, float[] a, float[] b, float[] start, int threads) {
      float[] c = start.clone();
      UnpackedGemm.gemm(g, a, 1, b, 2, c, 3, true, ParallelLoop.of(threads));
      return c;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 64, 256",
    "4, 65, 257",
    "8, 200, 300",
    "10, 127, 192",
    "19, 128, 500",
    "20, 1100, 401",
    "33, 96, 256",
    "64, 70, 205"
  })
  void packedOrNotTheProductHasTheSameBits(int m, int n, int k) {
    GemmGeometry g = new GemmGeometry(m, n, k, false, false, k + 5, n + 7, n + 9);
    float[] a = random(1 + m * g.aStride(), 1);
    float[] b = random(2 + k * g.bStride(), 2);
    float[] start = random(3 + m * g.cStride() + 40, 3);
    float[] packed = Vectors.packed(g, a, b, start, 1);
    assertFalse(Arrays.equals(packed, start));
    assertArrayEquals(packed, Vectors.unpacked(g, a, b, start, 1));
    assertArrayEquals(packed, Vectors.unpacked(g, a, b, start, 3));
    assertArrayEquals(packed, Vectors.packed(g, a, b, start, 3));
  }

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
