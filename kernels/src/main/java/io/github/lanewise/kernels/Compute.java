package io.github.lanewise.kernels;

/**
 * What computes: kernels and the loop that spreads them over threads.
 *
 * @param kernels the routines
 * @param loop the threads
 */
public record Compute(Kernels kernels, ParallelLoop loop) {

  /** The best kernels of this JVM on all available processors. */
  public static Compute standard() {
    return new Compute(KernelSelector.kernels(), ParallelLoop.availableProcessors());
  }

  /**
   * The best kernels of this JVM on at most so many threads.
   *
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static Compute threads(int threads) {
    return new Compute(KernelSelector.kernels(), ParallelLoop.of(threads));
  }

  /** The same for one caller at a time, as {@link ParallelLoop#forOneCaller}. */
  public Compute forOneCaller() {
    return new Compute(kernels, loop.forOneCaller());
  }
}
