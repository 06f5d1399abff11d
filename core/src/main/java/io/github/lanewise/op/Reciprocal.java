package io.github.lanewise.op;

/** {@code 1 / x}. */
public record Reciprocal() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return 1 / x;
  }

  @Override
  public double slope(double x, double y) {
    return -1 / (x * x);
  }
}
