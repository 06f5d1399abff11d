package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function by vectors: {@code exp(x) = 2^n exp(r)} with {@code n = round(x / ln
 * 2)}, {@code r = x - n ln 2}, and the polynomial of Cephes's {@code expf} for {@code exp(r)}.
 *
 * <p>The relative error is below 1.5e-7 where the result is a normal number. Larger results become
 * infinity, smaller ones subnormal numbers and then 0, NaN stays NaN.
 */
final class SimdExp {

  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; products of the first with n are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding 1.5 * 2^23 rounds a float to an integer, which is then in the low bits. */
  private static final float ROUND = 12_582_912f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** exp is infinite above and 0 below. */
  private static final float MAX = 89;

  private static final float MIN = -104;

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private SimdExp() {}

  static FloatVector exp(FloatVector value) {
    FloatVector x = value.max(MIN).min(MAX);
    FloatVector rounded = x.mul(LOG2_E).add(ROUND);
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), x));
    // 2^n in two factors, since n reaches from -150 to 128.
    IntVector whole = rounded.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return polynomial(r).mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half)));
  }

  /** The same bits as those of a lane, for what is left behind the last whole vector. */
  static float exp(float value) {
    float x = Math.min(Math.max(value, MIN), MAX);
    float rounded = x * LOG2_E + ROUND;
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    int whole = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    int half = whole >> 1;
    return polynomial(r) * powerOfTwo(half) * powerOfTwo(whole - half);
  }

  private static float polynomial(float r) {
    float p = 1.9875691500e-4f;
    p = Math.fma(p, r, 1.3981999507e-3f);
    p = Math.fma(p, r, 8.3334519073e-3f);
    p = Math.fma(p, r, 4.1665795894e-2f);
    p = Math.fma(p, r, 1.6666665459e-1f);
    p = Math.fma(p, r, 5.0000001201e-1f);
    return Math.fma(p, r * r, r) + 1;
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + EXPONENT_BIAS) << MANTISSA_BITS);
  }

  /** exp(r) for r between -ln 2 / 2 and ln 2 / 2. */
  private static FloatVector polynomial(FloatVector r) {
    FloatVector p = broadcast(1.9875691500e-4f);
    p = p.fma(r, broadcast(1.3981999507e-3f));
    p = p.fma(r, broadcast(8.3334519073e-3f));
    p = p.fma(r, broadcast(4.1665795894e-2f));
    p = p.fma(r, broadcast(1.6666665459e-1f));
    p = p.fma(r, broadcast(5.0000001201e-1f));
    return p.fma(r.mul(r), r).add(1);
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Lanes.SPECIES, value);
  }
}
