package io.github.lanewise.kernels.scalar;

/** Chains of scalar multiply-adds. */
final class ScalarChains {

  private static final int CHAINS = 4;

  /** What the chains came to, so that they are not optimised away. */
  static volatile float result;

  private ScalarChains() {}

  static long run(int turns) {
    float factor = 0.999f + turns * 1e-12f;
    float a = 1;
    float b = 2;
    float c = 3;
    float d = 4;
    for (int i = 0; i < turns; i++) {
      a = a * factor + 0.001f;
      b = b * factor + 0.001f;
      c = c * factor + 0.001f;
      d = d * factor + 0.001f;
    }
    result = a + b + c + d;
    return 2L * CHAINS * turns;
  }
}
