package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Values that start at an odd offset of a larger array, with guards before and after them that
 * nothing may overwrite.
 *
 * @param array guards and values
 * @param offset of the first value
 * @param size number of values
 */
record GuardedFloats(float[] array, int offset, int size) {

  private static final float GUARD = -12_345.625f;

  static GuardedFloats of(int offset, float... values) {
    float[] array = new float[offset + values.length + 67];
    Arrays.fill(array, GUARD);
    System.arraycopy(values, 0, array, offset, values.length);
    return new GuardedFloats(array, offset, values.length);
  }

  /** Values that are guards themselves until they are written. */
  static GuardedFloats guards(int offset, int size) {
    float[] values = new float[size];
    Arrays.fill(values, GUARD);
    return of(offset, values);
  }

  static GuardedFloats random(int offset, int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return of(offset, values);
  }

  float get(int index) {
    return array[offset + index];
  }

  float[] values() {
    return Arrays.copyOfRange(array, offset, offset + size);
  }

  GuardedFloats copy() {
    return new GuardedFloats(array.clone(), offset, size);
  }

  void assertGuardsIntact() {
    assertGuard(0, offset);
    assertGuard(offset + size, array.length);
  }

  /** Checks the floats between pixels, which lie {@code stride} apart and hold {@code used}. */
  void assertGuardsIntact(int used, int stride) {
    assertGuardsIntact();
    for (int i = 0; i < size; i++) {
      if (i % stride >= used) {
        assertGuard(offset + i, offset + i + 1);
      }
    }
  }

  private void assertGuard(int from, int to) {
    for (int i = from; i < to; i++) {
      assertEquals(GUARD, array[i], "overwritten guard at value " + (i - offset) + " of " + size);
    }
  }

  /** What a computation gives on one thread, once it has given the same bits on 2 and 3. */
  static GuardedFloats sameForAnyThreads(IntFunction<GuardedFloats> computation) {
    GuardedFloats expected = computation.apply(1);
    for (int threads = 2; threads <= 3; threads++) {
      GuardedFloats found = computation.apply(threads);
      for (int i = 0; i < expected.array.length; i++) {
        assertEquals(
            Float.floatToRawIntBits(expected.array[i]),
            Float.floatToRawIntBits(found.array[i]),
            "bits of value " + (i - expected.offset) + " on " + threads + " threads");
      }
    }
    return expected;
  }
}
