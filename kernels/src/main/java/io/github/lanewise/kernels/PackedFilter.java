package io.github.lanewise.kernels;

/**
 * A filter rearranged by {@link Kernels#packFilter} for one implementation of {@link Kernels}; only
 * that one can read it. Immutable.
 */
public interface PackedFilter {

  /** Bytes of weights held, padding and scales included. */
  long bytes();

  /** How the weights are held. */
  WeightPrecision precision();

  /** The algorithm it is packed for, for people to read, such as {@code Winograd F(4x4, 3x3)}. */
  String algorithm();

  /**
   * The expected speed as a share of the machine's FMA peak, counted in multiply-adds of the
   * definition: more than 1 where the algorithm needs fewer. {@code Conv2dBenchmark} checks it.
   */
  double expectedSpeed(Conv2dGeometry g);
}
