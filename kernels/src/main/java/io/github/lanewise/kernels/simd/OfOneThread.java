package io.github.lanewise.kernels.simd;

/**
 * What one thread alone writes, over and over. Begins with two cache lines that nobody uses, so
 * that the garbage collector can not put it into a line that another thread writes.
 */
@SuppressWarnings("unused")
abstract class OfOneThread {
  /** Elements of four bytes behind an array that keep it from what another thread writes. */
  static final int APART = 32;

  long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}
