package io.github.lanewise.op;

/** 0 up to -1, {@code (x + 1)^2 / 4} up to 1, and {@code x} from there on. */
public record SparsePlus() implements ElementwiseOp {

  @Override
  public double value(double x) {
    return x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4;
  }

  @Override
  public double slope(double x, double y) {
    return x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2;
  }
}
