package io.github.lanewise.op;

/**
 * The Gaussian error linear unit {@code x P(X <= x)} for a standard normal X (Hendrycks and Gimpel
 * 2016).
 *
 * @param approximate whether by the paper's formula with a hyperbolic tangent
 */
public record Gelu(boolean approximate) implements ElementwiseOp {

  private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  @Override
  public double value(double x) {
    return x * probability(x);
  }

  @Override
  public double slope(double x, double y) {
    if (approximate) {
      double tanh = Math.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
      double inner = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
      return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * inner;
    }
    return probability(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private double probability(double x) {
    return approximate
        ? 0.5 * (1 + Math.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x)))
        : 0.5 * erfc(-x / Math.sqrt(2));
  }

  /**
   * The complementary error function to 1.2e-7 (Press et al., Numerical Recipes in C, 2nd edition,
   * section 6.2, erfcc).
   */
  private static double erfc(double x) {
    double z = Math.abs(x);
    double t = 1 / (1 + 0.5 * z);
    double series =
        -z * z
            - 1.26551223
            + t
                * (1.00002368
                    + t
                        * (0.37409196
                            + t
                                * (0.09678418
                                    + t
                                        * (-0.18628806
                                            + t
                                                * (0.27886807
                                                    + t
                                                        * (-1.13520398
                                                            + t
                                                                * (1.48851587
                                                                    + t
                                                                        * (-0.82215223
                                                                            + t
                                                                                * 0.17087277))))))));
    double value = t * Math.exp(series);
    return x >= 0 ? value : 2 - value;
  }
}
