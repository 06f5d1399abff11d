package io.github.lanewise.image;

/**
 * What lies outside a picture of {@code a b c d}, under Keras's names and with the meaning that
 * {@code scipy.ndimage.affine_transform} gives them at order 1.
 */
public enum FillMode {

  /** {@code a a a | a b c d | d d d}. */
  NEAREST {
    @Override
    double outside(double x, int n) {
      return clamp(x, n);
    }
  },

  /** {@code k k k | a b c d | k k k} for the value k, from the centres of the outer pixels on. */
  CONSTANT {
    @Override
    double outside(double x, int n) {
      return Double.NaN;
    }
  },

  /** {@code c b a | a b c d | d c b}. */
  REFLECT {
    @Override
    double outside(double x, int n) {
      double period = 2.0 * n;
      double fromEdge = Math.abs(x + 0.5) % period;
      return clamp(Math.min(fromEdge, period - fromEdge) - 0.5, n);
    }
  },

  /**
   * {@code b c (d or a) | a b c d | b c d}: the last pixel lies on the first, so that the period is
   * one less than the size. The pixel at a seam is that of the side of the picture.
   */
  WRAP {
    @Override
    double outside(double x, int n) {
      if (n == 1) {
        return 0;
      }
      double period = n - 1;
      return x < 0 ? period - -x % period : x % period;
    }
  };

  /**
   * Brings a coordinate into a picture.
   *
   * @param x pixel centres are whole numbers from 0 on
   * @param n pixels along this axis
   * @return from 0 to {@code n - 1}, or NaN where there is no pixel
   */
  final double inside(double x, int n) {
    return x >= 0 && x <= n - 1 ? x : outside(x, n);
  }

  abstract double outside(double x, int n);

  private static double clamp(double x, int n) {
    return Math.min(Math.max(x, 0), n - 1);
  }
}
