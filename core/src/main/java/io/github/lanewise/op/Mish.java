package io.github.lanewise.op;

/** {@code x tanh(log(1 + exp(x)))} (Misra 2019). */
public record Mish() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x * gate(x);
  }

  @Override
  public double slope(double x, double y) {
    double gate = gate(x);
    return gate + x * (1 - gate * gate) / (1 + Math.exp(-x));
  }

  /** {@code tanh(log(1 + exp(x)))}, without an exponential that overflows. */
  private static double gate(double x) {
    return Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
  }
}
