package io.github.lanewise.kernels.scalar;

import java.util.Arrays;

/**
 * Memory of the calling thread for partial sums of a reduction. It holds what it does until the
 * thread's next reduction.
 */
public final class PartialSums {

  private static final ThreadLocal<double[]> OF_THREAD =
      ThreadLocal.withInitial(() -> new double[0]);

  private PartialSums() {}

  /** At least so many doubles, the first {@code count} of them zeros. */
  public static double[] zeros(int count) {
    double[] sums = OF_THREAD.get();
    if (sums.length < count) {
      sums = new double[count];
      OF_THREAD.set(sums);
    } else {
      Arrays.fill(sums, 0, count, 0);
    }
    return sums;
  }
}
