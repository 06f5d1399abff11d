package io.github.lanewise.op;

/** {@code x} outside [-0.5, 0.5], else 0. */
public record HardShrink() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.abs(x) > 0.5 ? x : 0;
  }

  @Override
  public double slope(double x, double y) {
    return Math.abs(x) > 0.5 ? 1 : 0;
  }
}
