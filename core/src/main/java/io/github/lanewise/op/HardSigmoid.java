package io.github.lanewise.op;

/**
 * {@code steepness x + 0.5}, cut to [0, 1]: a steepness of 1/6 in Keras 3 ({@code
 * keras/src/activations/activations.py}), of 0.2 in Keras 2.
 */
public record HardSigmoid(double steepness) implements ElementwiseOp {

  @Override
  public double value(double x) {
    return Math.min(1, Math.max(0, steepness * x + 0.5));
  }

  @Override
  public double slope(double x, double y) {
    return y > 0 && y < 1 ? steepness : 0;
  }
}
