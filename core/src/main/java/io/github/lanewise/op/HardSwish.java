package io.github.lanewise.op;

/** {@code x min(max(x + 3, 0), 6) / 6}, also called hard SiLU (Howard et al. 2019). */
public record HardSwish() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x * Math.min(6, Math.max(0, x + 3)) / 6;
  }

  @Override
  public double slope(double x, double y) {
    return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
  }
}
