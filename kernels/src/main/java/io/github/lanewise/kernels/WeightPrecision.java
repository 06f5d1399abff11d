package io.github.lanewise.kernels;

/**
 * How a packed filter holds its weights, see {@link Kernels#packFilter}. Products are of floats and
 * are summed in floats whatever the precision: weights are expanded right before they are used.
 */
public enum WeightPrecision {

  /** IEEE 754 binary32: the weights as they are. */
  FLOAT32,

  /**
   * The upper half of a float, rounded to nearest even: an eight-bit significand, hence a relative
   * error of at most 2^-8 = 1/256 a weight. Half the memory of floats.
   */
  BFLOAT16,

  /**
   * Integers from -127 to 127 times a scale for each output channel, the largest magnitude of the
   * channel's weights / 127: an error of at most half a scale a weight. A quarter of the memory of
   * floats. A channel with a NaN or an infinity among its weights becomes NaN.
   */
  INT8
}
