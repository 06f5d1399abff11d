package io.github.lanewise.op;

/**
 * Random numbers as a function of a seed and an index, so that they do not depend on the order in
 * which they are drawn: SplitMix64's finalizer (Steele, Lea and Flood 2014) at the index-th state.
 */
public final class CounterRandom {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private CounterRandom() {}

  /** 64 random bits. */
  public static long bits(long seed, long index) {
    long z = mix(seed) + (index + 1) * GOLDEN_GAMMA;
    return mix(z);
  }

  /** A number from 0 inclusive to 1 exclusive, in steps of 2^-53. */
  public static double uniform(long seed, long index) {
    return (bits(seed, index) >>> 11) * 0x1.0p-53;
  }

  /** A number of the standard normal distribution (Box and Muller 1958). */
  public static double normal(long seed, long index) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, 2 * index)));
    return radius * Math.cos(2 * Math.PI * uniform(seed, 2 * index + 1));
  }

  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
