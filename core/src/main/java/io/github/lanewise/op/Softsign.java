package io.github.lanewise.op;

/** {@code x / (1 + |x|)}. */
public record Softsign() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  public double slope(double x, double y) {
    return (1 - Math.abs(y)) * (1 - Math.abs(y));
  }
}
