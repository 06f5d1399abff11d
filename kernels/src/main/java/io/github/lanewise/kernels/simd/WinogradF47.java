package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** F(4, 7): four outputs of seven taps. */
final class WinogradF47 extends WinogradTransform {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final double A = 0.375;
  private static final double B = 0.75;
  private static final double C = 1.25;
  private static final double D = 1.75;
  private static final double A2 = A * A;
  private static final double B2 = B * B;
  private static final double C2 = C * C;
  private static final double D2 = D * D;

  static final WinogradF47 INSTANCE = new WinogradF47();

  private WinogradF47() {
    super(A, B, C, D);
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
      int o = toAt + run * toStep;
      zeroAndInfinity(from, i, fromStride, to, o, toStride, length);
      pair(A, B2, C2, D2, from, i, fromStride, to, o + toStride, toStride, length);
      pair(B, A2, C2, D2, from, i, fromStride, to, o + 3 * toStride, toStride, length);
      pair(C, A2, B2, D2, from, i, fromStride, to, o + 5 * toStride, toStride, length);
      pair(D, A2, B2, C2, from, i, fromStride, to, o + 7 * toStride, toStride, length);
    }
  }

  /** The points 0 and infinity: the even and the odd inputs by the product of all pairs. */
  private static void zeroAndInfinity(
      float[] from, int i, int fromStride, float[] to, int o, int toStride, int length) {
    FloatVector z6 = constant(-(A2 + B2 + C2 + D2));
    FloatVector z4 = constant(A2 * B2 + A2 * C2 + A2 * D2 + B2 * C2 + B2 * D2 + C2 * D2);
    FloatVector z2 = constant(-(A2 * B2 * C2 + A2 * B2 * D2 + A2 * C2 * D2 + B2 * C2 * D2));
    FloatVector z0 = constant(A2 * B2 * C2 * D2);
    for (int k = 0; k < length; k += L) {
      FloatVector d0 = FloatVector.fromArray(S, from, i + k);
      FloatVector d1 = FloatVector.fromArray(S, from, i + k + fromStride);
      FloatVector d2 = FloatVector.fromArray(S, from, i + k + 2 * fromStride);
      FloatVector d3 = FloatVector.fromArray(S, from, i + k + 3 * fromStride);
      FloatVector d4 = FloatVector.fromArray(S, from, i + k + 4 * fromStride);
      FloatVector d5 = FloatVector.fromArray(S, from, i + k + 5 * fromStride);
      FloatVector d6 = FloatVector.fromArray(S, from, i + k + 6 * fromStride);
      FloatVector d7 = FloatVector.fromArray(S, from, i + k + 7 * fromStride);
      FloatVector d8 = FloatVector.fromArray(S, from, i + k + 8 * fromStride);
      FloatVector d9 = FloatVector.fromArray(S, from, i + k + 9 * fromStride);
      d0.fma(z0, d2.fma(z2, d4.fma(z4, d6.fma(z6, d8)))).intoArray(to, o + k);
      d1.fma(z0, d3.fma(z2, d5.fma(z4, d7.fma(z6, d9)))).intoArray(to, o + k + 9 * toStride);
    }
  }

  /** The points p and -p, from the squares of the other three. */
  private static void pair(
      double p,
      double x,
      double y,
      double z,
      float[] from,
      int i,
      int fromStride,
      float[] to,
      int o,
      int toStride,
      int length) {
    FloatVector q6 = constant(-(x + y + z));
    FloatVector q4 = constant(x * y + x * z + y * z);
    FloatVector q2 = constant(-x * y * z);
    FloatVector plus = constant(p);
    FloatVector minus = constant(-p);
    for (int k = 0; k < length; k += L) {
      FloatVector d1 = FloatVector.fromArray(S, from, i + k + fromStride);
      FloatVector d2 = FloatVector.fromArray(S, from, i + k + 2 * fromStride);
      FloatVector d3 = FloatVector.fromArray(S, from, i + k + 3 * fromStride);
      FloatVector d4 = FloatVector.fromArray(S, from, i + k + 4 * fromStride);
      FloatVector d5 = FloatVector.fromArray(S, from, i + k + 5 * fromStride);
      FloatVector d6 = FloatVector.fromArray(S, from, i + k + 6 * fromStride);
      FloatVector d7 = FloatVector.fromArray(S, from, i + k + 7 * fromStride);
      FloatVector d8 = FloatVector.fromArray(S, from, i + k + 8 * fromStride);
      FloatVector even = d2.fma(q2, d4.fma(q4, d6.fma(q6, d8)));
      FloatVector odd = d1.fma(q2, d3.fma(q4, d5.fma(q6, d7)));
      odd.fma(plus, even).intoArray(to, o + k);
      odd.fma(minus, even).intoArray(to, o + k + toStride);
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
    FloatVector a = constant(A);
    FloatVector a2 = constant(A2);
    FloatVector a3 = constant(A2 * A);
    FloatVector b = constant(B);
    FloatVector b2 = constant(B2);
    FloatVector b3 = constant(B2 * B);
    FloatVector c = constant(C);
    FloatVector c2 = constant(C2);
    FloatVector c3 = constant(C2 * C);
    FloatVector d = constant(D);
    FloatVector d2 = constant(D2);
    FloatVector d3 = constant(D2 * D);
    int to1 = valid > 1 ? toStride : 0;
    int to2 = valid > 2 ? 2 * toStride : 0;
    int to3 = valid > 3 ? 3 * toStride : 0;
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int k = 0; k < length; k += L) {
        int i = i0 + k;
        int o = o0 + k;
        FloatVector y0 = FloatVector.fromArray(S, bias, biasAt + k);
        FloatVector p = FloatVector.fromArray(S, from, i + fromStride);
        FloatVector q = FloatVector.fromArray(S, from, i + 2 * fromStride);
        FloatVector sum = p.add(q);
        FloatVector difference = p.sub(q);
        FloatVector y1 = difference.fma(a, y0);
        FloatVector y2 = sum.fma(a2, y0);
        FloatVector y3 = difference.fma(a3, y0);
        y0 = y0.add(sum);
        p = FloatVector.fromArray(S, from, i + 3 * fromStride);
        q = FloatVector.fromArray(S, from, i + 4 * fromStride);
        sum = p.add(q);
        difference = p.sub(q);
        y1 = difference.fma(b, y1);
        y2 = sum.fma(b2, y2);
        y3 = difference.fma(b3, y3);
        y0 = y0.add(sum);
        p = FloatVector.fromArray(S, from, i + 5 * fromStride);
        q = FloatVector.fromArray(S, from, i + 6 * fromStride);
        sum = p.add(q);
        difference = p.sub(q);
        y1 = difference.fma(c, y1);
        y2 = sum.fma(c2, y2);
        y3 = difference.fma(c3, y3);
        y0 = y0.add(sum);
        p = FloatVector.fromArray(S, from, i + 7 * fromStride);
        q = FloatVector.fromArray(S, from, i + 8 * fromStride);
        sum = p.add(q);
        difference = p.sub(q);
        y1 = difference.fma(d, y1);
        y2 = sum.fma(d2, y2);
        y3 = difference.fma(d3, y3).add(FloatVector.fromArray(S, from, i + 9 * fromStride));
        y0 = y0.add(sum).add(FloatVector.fromArray(S, from, i));
        y3.blend(floor, y3.lt(floor)).intoArray(to, o + to3);
        y2.blend(floor, y2.lt(floor)).intoArray(to, o + to2);
        y1.blend(floor, y1.lt(floor)).intoArray(to, o + to1);
        y0.blend(floor, y0.lt(floor)).intoArray(to, o);
      }
    }
  }
}
