package io.github.lanewise.examples.benchmark;

import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;

/** The FMA peak of one core. */
public final class Peak {

  private static final int TURNS = 10_000;

  /** Calls at least: on one busy core the first of them may run for long before C2 is done. */
  private static final int CALLS = 400;

  private Peak() {}

  /** The best of half a second or more, in GFLOP/s. */
  public static double measure() {
    Kernels kernels = KernelSelector.kernels();
    double best = 0;
    long end = System.nanoTime() + 500_000_000;
    for (int call = 0; call < CALLS || System.nanoTime() < end; call++) {
      long start = System.nanoTime();
      long operations = kernels.multiplyAddChains(TURNS);
      best = Math.max(best, (double) operations / (System.nanoTime() - start));
    }
    return best;
  }
}
