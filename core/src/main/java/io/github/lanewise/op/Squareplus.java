package io.github.lanewise.op;

/** {@code (x + sqrt(x^2 + 4)) / 2} (Barron 2021). */
public record Squareplus() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return (x + Math.sqrt(x * x + 4)) / 2;
  }

  @Override
  public double slope(double x, double y) {
    return (1 + x / Math.sqrt(x * x + 4)) / 2;
  }
}
