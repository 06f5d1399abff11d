package io.github.lanewise.kernels.simd;

/**
 * Transforms along one axis of {@link WinogradTransform}. They read and write streams, one a point:
 * stream {@code s} starts {@code s} strides after the first. They work on {@code count} runs of
 * {@code length} neighbouring floats, {@code length} a multiple of the vector's; all floats of a
 * run go through the same transform.
 */
abstract class StreamTransform {

  /** Outputs of one transform. */
  static final int OUTPUTS = 4;

  /** Transforms the inputs that the outputs see into as many points. */
  abstract void input(
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] to,
      int toAt,
      int toStride,
      int toStep,
      int count,
      int length);

  /**
   * Transforms products into outputs: {@code max(floor, y + bias)}, NaN stays NaN.
   *
   * @param valid outputs to be written, 1 to {@link #OUTPUTS}
   * @param bias one value a float of a run
   */
  abstract void output(
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
      float floor);
}
