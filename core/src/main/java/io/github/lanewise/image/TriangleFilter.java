package io.github.lanewise.image;

import java.util.Arrays;

/**
 * Along one side of a picture, what each new pixel takes from the old ones: a triangle around its
 * centre, two old pixels wide, or two new ones where the picture shrinks. In the fixed point of
 * Pillow's {@code src/libImaging/Resample.c}, so that the bytes are the same.
 */
final class TriangleFilter {

  private static final int PRECISION_BITS = 32 - 8 - 2;

  /** For each new pixel the first old one, and the weights of that and the following ones. */
  private final int[] first;

  private final int[][] weights;

  TriangleFilter(int from, int to) {
    this.first = new int[to];
    this.weights = new int[to][];
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(from, (int) (centre + support + 0.5));
      double[] shares = new double[end - first[i]];
      for (int k = 0; k < shares.length; k++) {
        shares[k] = Math.max(0, 1 - Math.abs((k + first[i] - centre + 0.5) * (1 / support)));
      }
      double sum = 0;
      for (double share : shares) {
        sum += share;
      }
      weights[i] = new int[shares.length];
      for (int k = 0; k < shares.length; k++) {
        weights[i][k] = (int) (0.5 + shares[k] / sum * (1 << PRECISION_BITS));
      }
    }
  }

  /**
   * Resamples lines of bytes.
   *
   * @param lines of pixels of which {@code stride} lie side by side: [lines, from, stride] becomes
   *     [lines, to, stride]
   */
  byte[] apply(byte[] input, int lines, int stride) {
    int from = input.length / lines;
    int to = first.length * stride;
    byte[] output = new byte[lines * to];
    int[] sums = new int[stride];
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < first.length; i++) {
        Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
        for (int k = 0; k < weights[i].length; k++) {
          int in = line * from + (first[i] + k) * stride;
          for (int s = 0; s < stride; s++) {
            sums[s] += Byte.toUnsignedInt(input[in + s]) * weights[i][k];
          }
        }
        int out = line * to + i * stride;
        for (int s = 0; s < stride; s++) {
          output[out + s] = (byte) Math.min(255, sums[s] >> PRECISION_BITS);
        }
      }
    }
    return output;
  }
}
