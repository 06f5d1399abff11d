package io.github.lanewise.op;

/** {@code x}, cut to [-1, 1]. */
public record HardTanh() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.min(1, Math.max(-1, x));
  }

  @Override
  public double slope(double x, double y) {
    return x > -1 && x < 1 ? 1 : 0;
  }
}
