package io.github.lanewise.op;

/** {@code x}, moved towards 0 by 0.5, or by as much as there is. */
public record SoftShrink() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.abs(x) > 0.5 ? x - Math.copySign(0.5, x) : 0;
  }

  @Override
  public double slope(double x, double y) {
    return Math.abs(x) > 0.5 ? 1 : 0;
  }
}
