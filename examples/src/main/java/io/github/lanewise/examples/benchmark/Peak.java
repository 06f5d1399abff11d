package io.github.lanewise.examples.benchmark;

import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;

/** The FMA peak of one core. */
public final class Peak {

  private static final int TURNS = 100_000;

  private Peak() {}

  /** The best of half a second, in GFLOP/s. */
  public static double measure() {
    Kernels kernels = KernelSelector.kernels();
    double best = 0;
    long end = System.nanoTime() + 500_000_000;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      long operations = kernels.multiplyAddChains(TURNS);
      best = Math.max(best, (double) operations / (System.nanoTime() - start));
    }
    return best;
  }
}
