package io.github.lanewise.op;

/** The product of two or more tensors, element by element; dimensions of 1 stretch. */
public record Multiply() implements BroadcastOp {

  @Override
  public double value(double... x) {
    double product = 1;
    for (double factor : x) {
      product *= factor;
    }
    return product;
  }

  @Override
  public double slope(int input, double... x) {
    double others = 1;
    for (int i = 0; i < x.length; i++) {
      others *= i == input ? 1 : x[i];
    }
    return others;
  }
}
