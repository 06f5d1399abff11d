package io.github.lanewise.op;

/**
 * {@code scale x} where positive, else {@code scale alpha (exp(x) - 1)}, with the constants at
 * which layers of random weights keep mean 0 and variance 1 (Klambauer et al. 2017).
 */
public record Selu() implements ElementwiseOp {

  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  @Override
  public double value(double x) {
    return SCALE * (x > 0 ? x : ALPHA * Math.expm1(x));
  }

  @Override
  public double slope(double x, double y) {
    return x > 0 ? SCALE : y + SCALE * ALPHA;
  }
}
