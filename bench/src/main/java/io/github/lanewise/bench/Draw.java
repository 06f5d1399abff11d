package io.github.lanewise.bench;

import java.util.SplittableRandom;

/** Seeded arrays to compute with. */
final class Draw {

  private Draw() {}

  /** Values in [-1, 1). */
  static float[] floats(int n, SplittableRandom random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
