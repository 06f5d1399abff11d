package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** F(4, 3): four outputs of three taps. */
final class WinogradF43 extends WinogradTransform {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final double A = 0.75;
  private static final double B = 1.75;

  static final WinogradF43 INSTANCE = new WinogradF43();

  private WinogradF43() {
    super(A, B);
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
    FloatVector sum = constant(-A * A - B * B);
    FloatVector product = constant(A * A * B * B);
    FloatVector minusA2 = constant(-A * A);
    FloatVector minusB2 = constant(-B * B);
    FloatVector a = constant(A);
    FloatVector minusA = constant(-A);
    FloatVector b = constant(B);
    FloatVector minusB = constant(-B);
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int c = 0; c < length; c += L) {
        int i = i0 + c;
        int o = o0 + c;
        FloatVector d0 = FloatVector.fromArray(S, from, i);
        FloatVector d1 = FloatVector.fromArray(S, from, i + fromStride);
        FloatVector d2 = FloatVector.fromArray(S, from, i + 2 * fromStride);
        FloatVector d3 = FloatVector.fromArray(S, from, i + 3 * fromStride);
        FloatVector d4 = FloatVector.fromArray(S, from, i + 4 * fromStride);
        FloatVector d5 = FloatVector.fromArray(S, from, i + 5 * fromStride);
        d0.fma(product, d2.fma(sum, d4)).intoArray(to, o);
        FloatVector even = d2.fma(minusB2, d4);
        FloatVector odd = d1.fma(minusB2, d3);
        odd.fma(a, even).intoArray(to, o + toStride);
        odd.fma(minusA, even).intoArray(to, o + 2 * toStride);
        even = d2.fma(minusA2, d4);
        odd = d1.fma(minusA2, d3);
        odd.fma(b, even).intoArray(to, o + 3 * toStride);
        odd.fma(minusB, even).intoArray(to, o + 4 * toStride);
        d1.fma(product, d3.fma(sum, d5)).intoArray(to, o + 5 * toStride);
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
    FloatVector a2 = constant(A * A);
    FloatVector a3 = constant(A * A * A);
    FloatVector b = constant(B);
    FloatVector b2 = constant(B * B);
    FloatVector b3 = constant(B * B * B);
    int to1 = valid > 1 ? toStride : 0;
    int to2 = valid > 2 ? 2 * toStride : 0;
    int to3 = valid > 3 ? 3 * toStride : 0;
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int c = 0; c < length; c += L) {
        int i = i0 + c;
        int o = o0 + c;
        FloatVector start = FloatVector.fromArray(S, bias, biasAt + c);
        FloatVector p = FloatVector.fromArray(S, from, i + fromStride);
        FloatVector q = FloatVector.fromArray(S, from, i + 2 * fromStride);
        FloatVector sumA = p.add(q);
        FloatVector differenceA = p.sub(q);
        p = FloatVector.fromArray(S, from, i + 3 * fromStride);
        q = FloatVector.fromArray(S, from, i + 4 * fromStride);
        FloatVector sumB = p.add(q);
        FloatVector differenceB = p.sub(q);
        FloatVector last = FloatVector.fromArray(S, from, i + 5 * fromStride);
        FloatVector y3 = differenceB.fma(b3, differenceA.fma(a3, start)).add(last);
        y3.blend(floor, y3.lt(floor)).intoArray(to, o + to3);
        FloatVector y2 = sumB.fma(b2, sumA.fma(a2, start));
        y2.blend(floor, y2.lt(floor)).intoArray(to, o + to2);
        FloatVector y1 = differenceB.fma(b, differenceA.fma(a, start));
        y1.blend(floor, y1.lt(floor)).intoArray(to, o + to1);
        FloatVector y0 = start.add(sumA).add(sumB).add(FloatVector.fromArray(S, from, i));
        y0.blend(floor, y0.lt(floor)).intoArray(to, o);
      }
    }
  }
}
