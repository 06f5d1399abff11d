package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;

/**
 * Sums over rows in double precision: one partial sum a chunk of rows, chunks added in order. The
 * chunks depend on the sizes alone, so the result does not depend on the number of threads.
 */
@FunctionalInterface
public interface RowSums {

  /** Rows of a chunk at least, so that partial sums stay small beside the rows. */
  int MIN_CHUNK = 64;

  /** Adds the terms of some rows to {@code sums[offset ...]}. */
  void addRows(int fromRow, int toRow, double[] sums, int offset);

  /**
   * Sums over all rows: the first {@code count} elements of the array, which is good until the
   * calling thread's next reduction.
   *
   * @param channels of a row
   * @param count sums wanted
   */
  static double[] over(int rows, int channels, int count, ParallelLoop loop, RowSums terms) {
    int chunk = Math.max(MIN_CHUNK, ParallelLoop.grain(channels));
    int chunks = Math.max(1, (int) (((long) rows + chunk - 1) / chunk));
    double[] sums = PartialSums.zeros(Math.multiplyExact(chunks, count));
    loop.forRange(rows, chunk, (from, to) -> terms.addRows(from, to, sums, from / chunk * count));
    for (int k = 1; k < chunks; k++) {
      for (int i = 0; i < count; i++) {
        sums[i] += sums[k * count + i];
      }
    }
    return sums;
  }
}
