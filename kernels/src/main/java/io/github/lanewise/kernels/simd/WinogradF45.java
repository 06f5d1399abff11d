package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** F(4, 5): four outputs of five taps. */
final class WinogradF45 extends WinogradTransform {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final double A = 0.5;
  private static final double B = 1;
  private static final double C = 1.75;
  private static final double A2 = A * A;
  private static final double B2 = B * B;
  private static final double C2 = C * C;

  static final WinogradF45 INSTANCE = new WinogradF45();

  private WinogradF45() {
    super(A, B, C);
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
    FloatVector z4 = constant(-A2 - B2 - C2);
    FloatVector z2 = constant(A2 * B2 + A2 * C2 + B2 * C2);
    FloatVector z0 = constant(-A2 * B2 * C2);
    FloatVector a4 = constant(-B2 - C2);
    FloatVector a2 = constant(B2 * C2);
    FloatVector b4 = constant(-A2 - C2);
    FloatVector b2 = constant(A2 * C2);
    FloatVector c4 = constant(-A2 - B2);
    FloatVector c2 = constant(A2 * B2);
    FloatVector a = constant(A);
    FloatVector minusA = constant(-A);
    FloatVector c = constant(C);
    FloatVector minusC = constant(-C);
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int k = 0; k < length; k += L) {
        int i = i0 + k;
        int o = o0 + k;
        FloatVector d1 = FloatVector.fromArray(S, from, i + fromStride);
        FloatVector d2 = FloatVector.fromArray(S, from, i + 2 * fromStride);
        FloatVector d3 = FloatVector.fromArray(S, from, i + 3 * fromStride);
        FloatVector d4 = FloatVector.fromArray(S, from, i + 4 * fromStride);
        FloatVector d5 = FloatVector.fromArray(S, from, i + 5 * fromStride);
        FloatVector d6 = FloatVector.fromArray(S, from, i + 6 * fromStride);
        FloatVector even = d2.fma(a2, d4.fma(a4, d6));
        FloatVector odd = d1.fma(a2, d3.fma(a4, d5));
        odd.fma(a, even).intoArray(to, o + toStride);
        odd.fma(minusA, even).intoArray(to, o + 2 * toStride);
        even = d2.fma(b2, d4.fma(b4, d6));
        odd = d1.fma(b2, d3.fma(b4, d5));
        even.add(odd).intoArray(to, o + 3 * toStride);
        even.sub(odd).intoArray(to, o + 4 * toStride);
        even = d2.fma(c2, d4.fma(c4, d6));
        odd = d1.fma(c2, d3.fma(c4, d5));
        odd.fma(c, even).intoArray(to, o + 5 * toStride);
        odd.fma(minusC, even).intoArray(to, o + 6 * toStride);
        FloatVector d0 = FloatVector.fromArray(S, from, i);
        d0.fma(z0, d2.fma(z2, d4.fma(z4, d6))).intoArray(to, o);
        FloatVector d7 = FloatVector.fromArray(S, from, i + 7 * fromStride);
        d1.fma(z0, d3.fma(z2, d5.fma(z4, d7))).intoArray(to, o + 7 * toStride);
      }
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
    FloatVector c = constant(C);
    FloatVector c2 = constant(C2);
    FloatVector c3 = constant(C2 * C);
    int to1 = valid > 1 ? toStride : 0;
    int to2 = valid > 2 ? 2 * toStride : 0;
    int to3 = valid > 3 ? 3 * toStride : 0;
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int k = 0; k < length; k += L) {
        int i = i0 + k;
        int o = o0 + k;
        FloatVector start = FloatVector.fromArray(S, bias, biasAt + k);
        FloatVector p = FloatVector.fromArray(S, from, i + fromStride);
        FloatVector q = FloatVector.fromArray(S, from, i + 2 * fromStride);
        FloatVector sumA = p.add(q);
        FloatVector differenceA = p.sub(q);
        p = FloatVector.fromArray(S, from, i + 3 * fromStride);
        q = FloatVector.fromArray(S, from, i + 4 * fromStride);
        FloatVector sumB = p.add(q);
        FloatVector differenceB = p.sub(q);
        p = FloatVector.fromArray(S, from, i + 5 * fromStride);
        q = FloatVector.fromArray(S, from, i + 6 * fromStride);
        FloatVector sumC = p.add(q);
        FloatVector differenceC = p.sub(q);
        FloatVector last = FloatVector.fromArray(S, from, i + 7 * fromStride);
        FloatVector y3 = differenceA.fma(a3, start).add(differenceB);
        y3 = differenceC.fma(c3, y3).add(last);
        y3.blend(floor, y3.lt(floor)).intoArray(to, o + to3);
        FloatVector y2 = sumC.fma(c2, sumA.fma(a2, start).add(sumB));
        y2.blend(floor, y2.lt(floor)).intoArray(to, o + to2);
        FloatVector y1 = differenceC.fma(c, differenceA.fma(a, start).add(differenceB));
        y1.blend(floor, y1.lt(floor)).intoArray(to, o + to1);
        FloatVector first = FloatVector.fromArray(S, from, i);
        FloatVector y0 = start.add(sumA).add(sumB).add(sumC).add(first);
        y0.blend(floor, y0.lt(floor)).intoArray(to, o);
      }
    }
  }
}
