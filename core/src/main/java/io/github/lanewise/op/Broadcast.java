package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;

/**
 * Shapes of equal rank that stretch to one: a dimension of 1 to any size, as in NumPy. The place in
 * an input of each element of the output is found row by row.
 */
final class Broadcast {

  private Broadcast() {}

  /** The common shape. */
  static Shape shape(Op op, List<Shape> inputs) {
    ShapeRules.inputs(op, inputs, 2, Integer.MAX_VALUE);
    Shape common = inputs.get(0);
    for (Shape next : inputs) {
      if (next.rank() != common.rank()) {
        throw mismatch(op, common, next);
      }
      int[] dims = new int[common.rank()];
      for (int i = 0; i < dims.length; i++) {
        int a = common.dim(i);
        int b = next.dim(i);
        if (a != b && a != 1 && b != 1) {
          throw mismatch(op, common, next);
        }
        dims[i] = a == 1 ? b : a;
      }
      common = Shape.of(dims);
    }
    return common;
  }

  private static ShapeException mismatch(Op op, Shape a, Shape b) {
    return new ShapeException(
        op.name()
            + ": expected shapes that are equal or 1 in each dimension, found "
            + a
            + " and "
            + b);
  }

  /** Where in an input each row of the output along the last dimension starts. */
  static int rowStart(Shape input, Shape output, int row) {
    int start = 0;
    int stride = input.rank() == 0 ? 1 : input.dim(-1);
    int left = row;
    for (int i = output.rank() - 2; i >= 0; i--) {
      int index = left % output.dim(i);
      left /= output.dim(i);
      if (input.dim(i) != 1) {
        start += index * stride;
      }
      stride *= input.dim(i);
    }
    return start;
  }

  /** 0 where the input has one element in the last dimension, else 1. */
  static int step(Shape input) {
    return input.rank() > 0 && input.dim(-1) == 1 ? 0 : 1;
  }
}
