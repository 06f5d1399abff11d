package io.github.lanewise.op;

/** {@code (x + 1) / 2}, cut to [0, 1]. */
public record SparseSigmoid() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.min(1, Math.max(0, (x + 1) / 2));
  }

  @Override
  public double slope(double x, double y) {
    return x > -1 && x < 1 ? 0.5 : 0;
  }
}
