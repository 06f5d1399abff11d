package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

/**
 * Chains of vector multiply-adds: enough of them to hide the latency of each. They chain through
 * the addend, where the instruction leaves its result; through a factor each would need a copy.
 */
final class SimdChains {

  private static final int CHAINS = 12;

  /** What the chains came to, so that they are not optimised away. */
  static volatile float result;

  private SimdChains() {}

  static long run(int turns) {
    FloatVector factor = FloatVector.broadcast(Lanes.SPECIES, 0.999f + turns * 1e-12f);
    FloatVector addend = FloatVector.broadcast(Lanes.SPECIES, 0.001f);
    FloatVector c0 = addend.mul(1f);
    FloatVector c1 = addend.mul(2f);
    FloatVector c2 = addend.mul(3f);
    FloatVector c3 = addend.mul(4f);
    FloatVector c4 = addend.mul(5f);
    FloatVector c5 = addend.mul(6f);
    FloatVector c6 = addend.mul(7f);
    FloatVector c7 = addend.mul(8f);
    FloatVector c8 = addend.mul(9f);
    FloatVector c9 = addend.mul(10f);
    FloatVector c10 = addend.mul(11f);
    FloatVector c11 = addend.mul(12f);
    for (int i = 0; i < turns; i++) {
      c0 = factor.fma(addend, c0);
      c1 = factor.fma(addend, c1);
      c2 = factor.fma(addend, c2);
      c3 = factor.fma(addend, c3);
      c4 = factor.fma(addend, c4);
      c5 = factor.fma(addend, c5);
      c6 = factor.fma(addend, c6);
      c7 = factor.fma(addend, c7);
      c8 = factor.fma(addend, c8);
      c9 = factor.fma(addend, c9);
      c10 = factor.fma(addend, c10);
      c11 = factor.fma(addend, c11);
    }
    FloatVector sum =
        c0.add(c1)
            .add(c2)
            .add(c3)
            .add(c4)
            .add(c5)
            .add(c6)
            .add(c7)
            .add(c8)
            .add(c9)
            .add(c10)
            .add(c11);
    result = sum.lane(0);
    return 2L * CHAINS * Lanes.COUNT * turns;
  }
}
