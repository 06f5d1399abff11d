package io.github.lanewise.op;

/** {@code log(1 + exp(x))}. */
public record Softplus() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  public double slope(double x, double y) {
    return 1 / (1 + Math.exp(-x));
  }
}
