package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The logistic function. An element has the same bits wherever it stands. */
final class SimdSigmoid {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private SimdSigmoid() {}

  static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        n,
        ParallelLoop.grain(1),
        (from, to) -> {
          int bound = from + SPECIES.loopBound(to - from);
          vectors(from, bound, x, xOffset, y, yOffset);
          for (int i = bound; i < to; i++) {
            y[yOffset + i] = 1 / (1 + SimdExp.exp(-x[xOffset + i]));
          }
        });
  }

  private static void vectors(int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = from; i < to; i += SPECIES.length()) {
      FloatVector e = SimdExp.exp(FloatVector.fromArray(SPECIES, x, xOffset + i).neg());
      one.div(one.add(e)).intoArray(y, yOffset + i);
    }
  }
}
