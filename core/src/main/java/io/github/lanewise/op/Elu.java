package io.github.lanewise.op;

/** {@code x} where positive, else {@code alpha (exp(x) - 1)} (Clevert et al. 2015). */
public record Elu(double alpha) implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  @Override
  public double slope(double x, double y) {
    return x > 0 ? 1 : y + alpha;
  }
}
