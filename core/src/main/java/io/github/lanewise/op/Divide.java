package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import java.util.List;

/** The quotient of two tensors, element by element; dimensions of 1 stretch. */
public record Divide() implements BroadcastOp {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 2);
    return Broadcast.shape(this, inputs);
  }

  @Override
  public double value(double... x) {
    return x[0] / x[1];
  }

  @Override
  public double slope(int input, double... x) {
    return input == 0 ? 1 / x[1] : -x[0] / (x[1] * x[1]);
  }
}
