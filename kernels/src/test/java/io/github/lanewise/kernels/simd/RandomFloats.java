package io.github.lanewise.kernels.simd;

import java.util.Random;

/** Operands of what is to have the same bits in two forms. */
final class RandomFloats {

  private RandomFloats() {}

  /** Normally distributed values with one NaN in the middle. */
  static float[] floats(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    values[size / 2] = Float.NaN;
    return values;
  }
}
