package io.github.lanewise.op;

/** {@code scale x + offset}. */
public record Rescaling(double scale, double offset) implements ElementwiseOp {

  @Override
  public double value(double x) {
    return scale * x + offset;
  }

  @Override
  public double slope(double x, double y) {
    return scale;
  }
}
