package io.github.lanewise.op;

/** {@code x - tanh(x)}. */
public record TanhShrink() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x - Math.tanh(x);
  }

  @Override
  public double slope(double x, double y) {
    return Math.tanh(x) * Math.tanh(x);
  }
}
