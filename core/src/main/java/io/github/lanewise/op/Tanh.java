package io.github.lanewise.op;

/** The hyperbolic tangent. */
public record Tanh() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.tanh(x);
  }

  @Override
  public double slope(double x, double y) {
    return 1 - y * y;
  }
}
