package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;

/** Checks that several shape rules share. */
final class ShapeRules {

  private ShapeRules() {}

  /** Checks the number of inputs; {@code most} is {@link Integer#MAX_VALUE} for no bound. */
  static void inputs(Op op, List<Shape> inputs, int least, int most) {
    if (inputs.size() < least || inputs.size() > most) {
      String expected =
          most == Integer.MAX_VALUE
              ? "at least " + least
              : least == most ? String.valueOf(least) : least + " to " + most;
      throw new ShapeException(
          op.name() + ": expected " + expected + " inputs, found " + inputs.size());
    }
  }

  static void rank(Op op, Shape shape, int rank, String expected) {
    if (shape.rank() != rank) {
      throw new ShapeException(op.name() + ": expected " + expected + ", found " + shape);
    }
  }

  static void equal(Op op, String what, Shape expected, Shape found) {
    if (!expected.equals(found)) {
      throw new ShapeException(
          op.name() + ": expected " + what + " of " + expected + ", found " + found);
    }
  }

  /**
   * Checks hyper-parameters.
   *
   * @throws IllegalArgumentException if one is too small
   */
  static void atLeast(int least, Class<? extends Op> op, String argument, int... values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            op.getSimpleName()
                + ": expected "
                + argument
                + " of at least "
                + least
                + ", found "
                + value);
      }
    }
  }

  /**
   * Checks a share of what is dropped.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  static void rate(Class<? extends Op> op, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          op.getSimpleName() + ": expected a rate of at least 0 and below 1, found " + rate);
    }
  }

  /** The only input, of any shape. */
  static Shape single(Op op, List<Shape> inputs) {
    inputs(op, inputs, 1, 1);
    return inputs.get(0);
  }

  static ShapeException windowTooLarge(Op op, int height, int width, Shape input) {
    return new ShapeException(
        op.name()
            + ": expected an input of at least "
            + height
            + "x"
            + width
            + " pixels, found "
            + input);
  }
}
