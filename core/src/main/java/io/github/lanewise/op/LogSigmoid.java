package io.github.lanewise.op;

/** {@code -log(1 + exp(-x))}, the logarithm of {@link Sigmoid}. */
public record LogSigmoid() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  public double slope(double x, double y) {
    return 1 / (1 + Math.exp(x));
  }
}
