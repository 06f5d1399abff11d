package io.github.lanewise.kernels.scalar;

/** How weights of each {@link io.github.lanewise.kernels.WeightPrecision} are rounded. */
public final class WeightRounding {

  /** The largest integer of {@code INT8}, and the negative of the smallest. */
  private static final int LARGEST = 127;

  private WeightRounding() {}

  /** The nearest bfloat16, the even one of two; NaN stays NaN. */
  public static short toBFloat16(float weight) {
    int bits = Float.floatToRawIntBits(weight);
    if (Float.isNaN(weight)) {
      return (short) ((bits >> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
  }

  /** The float that a bfloat16 stands for. */
  public static float fromBFloat16(short weight) {
    return Float.intBitsToFloat(weight << 16);
  }

  /**
   * The scale of {@code INT8} weights.
   *
   * @param largest the largest magnitude among them
   */
  public static float scale(float largest) {
    return largest / LARGEST;
  }

  /** The multiple of the scale that is nearest, the even one of two. */
  public static byte toInt8(float weight, float scale) {
    double multiple = Math.rint((double) weight / scale);
    return (byte) Math.max(-LARGEST, Math.min(LARGEST, multiple));
  }
}
