package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax over rows. The sum is taken one element after the other: the order in which lanes are
 * added is not specified, and would make bits depend on the compiler.
 */
final class SimdSoftmax {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /** Simple operations that one element costs, roughly. */
  private static final int OPERATIONS = 4;

  private SimdSoftmax() {}

  static void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    loop.forRange(
        rows,
        ParallelLoop.grain(columns * OPERATIONS),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            row(columns, x, xOffset + r * columns, y, yOffset + r * columns);
          }
        });
  }

  private static void row(int columns, float[] x, int xRow, float[] y, int yRow) {
    exponentials(columns, x, xRow, max(columns, x, xRow), y, yRow);
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += y[yRow + c];
    }
    float scale = (float) (1 / sum);
    for (int c = 0; c < columns; c++) {
      y[yRow + c] *= scale;
    }
  }

  private static float max(int n, float[] x, int offset) {
    int bound = SPECIES.loopBound(n);
    FloatVector maxima = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      maxima = maxima.max(FloatVector.fromArray(SPECIES, x, offset + i));
    }
    float max = maxima.reduceLanes(VectorOperators.MAX);
    for (int i = bound; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  private static void exponentials(
      int n, float[] x, int xOffset, float max, float[] y, int yOffset) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector shifted = FloatVector.fromArray(SPECIES, x, xOffset + i).sub(max);
      SimdExp.exp(shifted).intoArray(y, yOffset + i);
    }
    for (int i = bound; i < n; i++) {
      y[yOffset + i] = SimdExp.exp(x[xOffset + i] - max);
    }
  }
}
