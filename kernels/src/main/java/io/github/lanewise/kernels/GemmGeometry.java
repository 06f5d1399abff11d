package io.github.lanewise.kernels;

/**
 * Sizes of a matrix product: op(a) is [m, k], op(b) is [k, n], c is [m, n], all row-major.
 *
 * @param transposeA whether {@code a} is stored as [k, m]
 * @param transposeB whether {@code b} is stored as [n, k]
 * @param aStride floats from one stored row of {@code a} to the next
 * @param bStride floats from one stored row of {@code b} to the next
 * @param cStride floats from one row of {@code c} to the next
 */
public record GemmGeometry(
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    int aStride,
    int bStride,
    int cStride) {

  /** Dense {@code c[m, n] = a[m, k] b[k, n]}. */
  public static GemmGeometry dense(int m, int n, int k) {
    return new GemmGeometry(m, n, k, false, false, k, n, n);
  }

  /** Dense {@code c[m, n] = a[k, m]^T b[k, n]}. */
  public static GemmGeometry transposeA(int m, int n, int k) {
    return new GemmGeometry(m, n, k, true, false, m, n, n);
  }

  /** Dense {@code c[m, n] = a[m, k] b[n, k]^T}. */
  public static GemmGeometry transposeB(int m, int n, int k) {
    return new GemmGeometry(m, n, k, false, true, k, k, n);
  }
}
