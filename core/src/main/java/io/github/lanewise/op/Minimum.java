package io.github.lanewise.op;

/**
 * The least of two or more tensors, element by element; dimensions of 1 stretch. The gradient goes
 * to the first of them.
 */
public record Minimum() implements BroadcastOp {

  @Override
  public double value(double... x) {
    double least = x[0];
    for (double other : x) {
      least = Math.min(least, other);
    }
    return least;
  }

  @Override
  public double slope(int input, double... x) {
    double least = value(x);
    for (int i = 0; i < input; i++) {
      if (x[i] == least) {
        return 0;
      }
    }
    return x[input] == least ? 1 : 0;
  }
}
