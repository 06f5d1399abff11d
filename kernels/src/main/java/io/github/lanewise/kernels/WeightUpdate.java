package io.github.lanewise.kernels;

/**
 * One step of an optimizer for one weight array: what a stretch of the gradient does to weights and
 * to the optimizer's state. Every weight depends on its own gradient and state alone, so stretches
 * may be cut anywhere and run on any thread, and give the same bits; each is applied once a step.
 */
@FunctionalInterface
public interface WeightUpdate {

  /**
   * Updates weights {@code from} to {@code to - 1}.
   *
   * @param gradient their gradients, from {@code gradientOffset} on
   */
  void apply(int from, int to, float[] gradient, int gradientOffset);

  /** Updates all {@code n} weights by a gradient that is stored whole. */
  default void applyAll(int n, float[] gradient, int gradientOffset, ParallelLoop loop) {
    loop.forRange(
        n, ParallelLoop.grain(1), (from, to) -> apply(from, to, gradient, gradientOffset + from));
  }
}
