package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.PartialSums;
import java.util.Arrays;

/**
 * Two sums over rows for each channel: in vectors of floats over a few rows, these in doubles over
 * a chunk of rows, chunks in order. Chunks depend on the sizes alone, so the result does not depend
 * on the number of threads.
 */
@FunctionalInterface
interface ChannelSums {

  /** Rows that are summed in single precision. */
  int SHORT_RUN = 32;

  /** Adds the terms of one row to {@code first[0 ... channels - 1]} and {@code second}. */
  void addRow(int row, float[] first, float[] second);

  /**
   * Both sums over all rows: the first {@code 2 channels} elements of the array, which is good
   * until the calling thread's next reduction.
   */
  static double[] over(int rows, int channels, ParallelLoop loop, ChannelSums terms) {
    int chunk = Math.max(2 * SHORT_RUN, ParallelLoop.grain(channels));
    int chunks = Math.max(1, (int) (((long) rows + chunk - 1) / chunk));
    double[] sums = PartialSums.zeros(Math.multiplyExact(chunks, 2 * channels));
    loop.forRange(
        rows,
        chunk,
        (from, to) -> chunk(from, to, channels, terms, sums, from / chunk * 2 * channels));
    for (int k = 1; k < chunks; k++) {
      for (int i = 0; i < 2 * channels; i++) {
        sums[i] += sums[k * 2 * channels + i];
      }
    }
    return sums;
  }

  private static void chunk(
      int from, int to, int channels, ChannelSums terms, double[] sums, int at) {
    float[] first = new float[channels];
    float[] second = new float[channels];
    for (int start = from; start < to; start += SHORT_RUN) {
      Arrays.fill(first, 0);
      Arrays.fill(second, 0);
      int end = Math.min(to, start + SHORT_RUN);
      for (int row = start; row < end; row++) {
        terms.addRow(row, first, second);
      }
      for (int c = 0; c < channels; c++) {
        sums[at + c] += first[c];
      }
      for (int c = 0; c < channels; c++) {
        sums[at + channels + c] += second[c];
      }
    }
  }
}
