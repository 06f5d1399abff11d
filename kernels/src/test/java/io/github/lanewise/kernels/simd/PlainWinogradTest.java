package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.RandomFloats.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernels.KernelSelector;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is computed before C2 has compiled the transforms has their bits. */
@Tag("every-width")
class PlainWinogradTest {

  @BeforeEach
  void needsVectors() {
    assumeTrue(KernelSelector.kernels().vectorBits() > 0, "scalar kernels are in use");
  }

  @Test
  void everyTransformHasTheBitsOfItsPlainForm() {
    for (int taps : new int[] {3, 5, 7}) {
      float[] c = floats(3000, new Random(7));
      float[] plain = Vectors.winogradInput(taps, c, true, new Random(taps));
      assertFalse(Arrays.equals(c, plain));
      assertArrayEquals(
          Vectors.winogradInput(taps, c, false, new Random(taps)), plain, taps + " taps, input");
      for (int valid = 1; valid <= 4; valid++) {
        for (float floor : new float[] {0, Float.NEGATIVE_INFINITY}) {
          plain = Vectors.winogradOutput(taps, valid, floor, c, true, new Random(taps));
          assertFalse(Arrays.equals(c, plain));
          assertArrayEquals(
              Vectors.winogradOutput(taps, valid, floor, c, false, new Random(taps)),
              plain,
              taps + " taps, " + valid + " outputs");
        }
      }
    }
  }

  /** Keeps the vector classes from being linked where the module is absent. */
  private static final class Vectors {

    /** Three runs of two vectors, with gaps between runs and between streams. */
    static float[] winogradInput(int taps, float[] c, boolean plain, Random random) {
      WinogradTransform transform = Objects.requireNonNull(WinogradTransform.ofTaps(taps));
      int length = 2 * Lanes.COUNT;
      int step = length + 3;
      int stride = 3 * step + 1;
      float[] from = floats(5 + transform.points() * stride, random);
      float[] to = c.clone();
      StreamTransform form = plain ? transform.plain : transform;
      form.input(from, 5, stride, step, to, 9, stride + 2, step, 3, length);
      return to;
    }

    static float[] winogradOutput(
        int taps, int valid, float floor, float[] c, boolean plain, Random random) {
      WinogradTransform transform = Objects.requireNonNull(WinogradTransform.ofTaps(taps));
      int length = 2 * Lanes.COUNT;
      int step = length + 3;
      int stride = 3 * step + 1;
      float[] from = floats(5 + transform.points() * stride, random);
      float[] bias = floats(7 + length, random);
      float[] to = c.clone();
      StreamTransform form = plain ? transform.plain : transform;
      form.output(from, 5, stride, step, to, 9, stride, step, 3, length, valid, bias, 7, floor);
      return to;
    }
  }
}
