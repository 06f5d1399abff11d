package io.github.lanewise.kernels.simd;

import java.util.Arrays;

/**
 * What a {@link WinogradTransform} computes, bit for bit, by the loop of {@link PlainTile}: one
 * factor at a time, with the sums in memory.
 */
final class PlainWinograd extends StreamTransform {

  private final double[] pairs;

  /** The polynomial of {@code x = p * p} whose roots are all pairs. */
  private final float[] all;

  /** The polynomials whose roots are all pairs but one. */
  private final float[][] others;

  PlainWinograd(double[] pairs) {
    this.pairs = pairs;
    this.all = polynomial(pairs, -1);
    this.others = new float[pairs.length][];
    for (int i = 0; i < pairs.length; i++) {
      others[i] = polynomial(pairs, i);
    }
  }

  /**
   * The product of all {@code x - p * p} but one: its coefficients from the lowest, but for the
   * last, 1.
   *
   * @param without the pair left out; -1 for none
   */
  private static float[] polynomial(double[] pairs, int without) {
    double[] product = {1};
    for (int pair = 0; pair < pairs.length; pair++) {
      if (pair != without) {
        double[] next = new double[product.length + 1];
        for (int i = 0; i < product.length; i++) {
          next[i + 1] += product[i];
          next[i] -= pairs[pair] * pairs[pair] * product[i];
        }
        product = next;
      }
    }
    float[] coefficients = new float[product.length - 1];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = (float) product[i];
    }
    return coefficients;
  }

  @Override
  void input(
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] to,
      int toAt,
      int toStride,
      int toStep,
      int count,
      int length) {
    for (int run = 0; run < count; run++) {
      int i = fromAt + run * fromStep;
      inputOfRun(from, i, fromStride, to, toAt + run * toStep, toStride, length);
    }
  }

  private void inputOfRun(
      float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride, int length) {
    float[] odd = new float[length];
    int even = 2 * fromStride;
    evaluate(all, from, fromAt, even, to, toAt, length);
    for (int i = 0; i < pairs.length; i++) {
      int plus = toAt + (2 * i + 1) * toStride;
      int minus = plus + toStride;
      evaluate(others[i], from, fromAt + even, even, to, plus, length);
      evaluate(others[i], from, fromAt + fromStride, even, odd, 0, length);
      System.arraycopy(to, plus, to, minus, length);
      add(pairs[i], odd, 0, to, plus, length);
      add(-pairs[i], odd, 0, to, minus, length);
    }
    int infinity = toAt + (2 * pairs.length + 1) * toStride;
    evaluate(all, from, fromAt + fromStride, even, to, infinity, length);
  }

  /** Inputs that are {@code step} apart, times the coefficients, from the last one on. */
  private static void evaluate(
      float[] coefficients, float[] from, int at, int step, float[] to, int toAt, int length) {
    int last = coefficients.length;
    System.arraycopy(from, at + last * step, to, toAt, length);
    for (int i = last - 1; i >= 0; i--) {
      add(coefficients[i], from, at + i * step, to, toAt, length);
    }
  }

  @Override
  void output(
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] to,
      int toAt,
      int toStride,
      int toStep,
      int count,
      int length,
      int valid,
      float[] bias,
      int biasAt,
      float floor) {
    for (int run = 0; run < count; run++) {
      int i = fromAt + run * fromStep;
      int o = toAt + run * toStep;
      outputOfRun(from, i, fromStride, to, o, toStride, length, valid, bias, biasAt, floor);
    }
  }

  private void outputOfRun(
      float[] from,
      int fromAt,
      int fromStride,
      float[] to,
      int toAt,
      int toStride,
      int length,
      int valid,
      float[] bias,
      int biasAt,
      float floor) {
    float[][] y = new float[OUTPUTS][];
    for (int i = 0; i < y.length; i++) {
      y[i] = Arrays.copyOfRange(bias, biasAt, biasAt + length);
    }
    for (int i = 0; i < pairs.length; i++) {
      int p = fromAt + (2 * i + 1) * fromStride;
      int q = p + fromStride;
      float[] sum = Arrays.copyOfRange(from, p, p + length);
      float[] difference = sum.clone();
      add(1, from, q, sum, 0, length);
      add(-1, from, q, difference, 0, length);
      double square = pairs[i] * pairs[i];
      add(1, sum, 0, y[0], 0, length);
      add(pairs[i], difference, 0, y[1], 0, length);
      add(square, sum, 0, y[2], 0, length);
      add(square * pairs[i], difference, 0, y[3], 0, length);
    }
    add(1, from, fromAt, y[0], 0, length);
    add(1, from, fromAt + (2 * pairs.length + 1) * fromStride, y[3], 0, length);
    for (int i = 0; i < valid; i++) {
      PlainTile.floor(y[i], 0, length, floor);
      System.arraycopy(y[i], 0, to, toAt + i * toStride, length);
    }
  }

  private static void add(
      double factor, float[] from, int fromAt, float[] sums, int at, int length) {
    PlainTile.add((float) factor, from, fromAt, Lanes.COUNT, sums, at, length);
  }
}
