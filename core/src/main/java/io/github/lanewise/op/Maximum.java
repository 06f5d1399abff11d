package io.github.lanewise.op;

/**
 * The greatest of two or more tensors, element by element; dimensions of 1 stretch. The gradient
 * goes to the first of them.
 */
public record Maximum() implements BroadcastOp {

  @Override
  public double value(double... x) {
    double greatest = x[0];
    for (double other : x) {
      greatest = Math.max(greatest, other);
    }
    return greatest;
  }

  @Override
  public double slope(int input, double... x) {
    double greatest = value(x);
    for (int i = 0; i < input; i++) {
      if (x[i] == greatest) {
        return 0;
      }
    }
    return x[input] == greatest ? 1 : 0;
  }
}
