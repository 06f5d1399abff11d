package io.github.lanewise.op;

/**
 * A rectifier in all generality, as Keras defines its {@code relu}: {@code maxValue} from there up,
 * {@code x} from {@code threshold} up, below it {@code negativeSlope (x - threshold)}.
 */
public record Rectifier(double negativeSlope, double maxValue, double threshold)
    implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x >= maxValue ? maxValue : x >= threshold ? x : negativeSlope * (x - threshold);
  }

  @Override
  public double slope(double x, double y) {
    return x >= maxValue ? 0 : x >= threshold ? 1 : negativeSlope;
  }
}
