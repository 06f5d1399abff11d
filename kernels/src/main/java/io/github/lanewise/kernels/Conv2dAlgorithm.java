package io.github.lanewise.kernels;

/** The algorithms that a filter may be packed for, see {@link Kernels#packFilter}. */
public enum Conv2dAlgorithm {

  /** A product for each filter tap, as the definition of the convolution has it. */
  DIRECT,

  /**
   * Winograd's minimal filtering where the implementation's rule finds it faster than the direct
   * way, the direct way elsewhere. Errors are a few times those of the direct way, and a NaN or an
   * infinity spreads to the neighbouring outputs of its tile.
   */
  WINOGRAD
}
