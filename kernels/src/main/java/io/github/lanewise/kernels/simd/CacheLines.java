package io.github.lanewise.kernels.simd;

/** Places in memory that suit the cache. */
final class CacheLines {

  /** Floats of a line of 64 bytes, which is what the processors of today have. */
  private static final int FLOATS = 16;

  private CacheLines() {}

  /**
   * The least distance of at least so many floats at which rows that are read or written side by
   * side do not displace each other: an odd number of lines. Rows at a multiple of a few kilobytes
   * share the few lines of one set of the first-level cache.
   */
  static int spread(int floats) {
    return ((floats + FLOATS - 1) / FLOATS | 1) * FLOATS;
  }
}
