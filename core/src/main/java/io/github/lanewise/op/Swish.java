package io.github.lanewise.op;

/** {@code x / (1 + exp(-x))}, also called SiLU (Ramachandran et al. 2017). */
public record Swish() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x / (1 + Math.exp(-x));
  }

  @Override
  public double slope(double x, double y) {
    return slopeOf(x, 1 / (1 + Math.exp(-x)));
  }

  private static double slopeOf(double x, double sigmoid) {
    return sigmoid * (1 + x * (1 - sigmoid));
  }
}
