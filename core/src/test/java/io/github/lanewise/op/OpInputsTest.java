package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpInputsTest {

  private static final int TOO_MANY = 6;

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void noInputsAtAllAreRefusedByName(OpCase c) {
    ShapeException e = assertThrows(ShapeException.class, () -> c.op().outputShape(List.of()));
    assertNamed(c.op(), 0, e);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void tooManyInputsAreRefusedByNameExceptWhereAnyNumberWillDo(OpCase c) {
    Shape x = c.inputs().get(0).shape();
    List<Shape> many = Collections.nCopies(TOO_MANY, x);
    boolean two = c.op() instanceof Subtract || c.op() instanceof Divide;
    boolean any = c.op() instanceof BroadcastOp && !two;
    if (any) {
      assertEquals(x, c.op().outputShape(many));
    } else if (c.op() instanceof Concat concat) {
      int axis = concat.axis() < 0 ? concat.axis() + x.rank() : concat.axis();
      assertEquals(TOO_MANY * x.dim(axis), c.op().outputShape(many).dim(axis));
    } else {
      ShapeException e = assertThrows(ShapeException.class, () -> c.op().outputShape(many));
      assertNamed(c.op(), TOO_MANY, e);
    }
  }

  private static void assertNamed(Op op, int found, ShapeException e) {
    String pattern = op.name() + ": expected (at least )?[1-5]( to [1-5])? inputs?, found " + found;
    assertTrue(e.getMessage().matches(pattern), e.getMessage());
  }

  @Test
  void aSumOfOneIsRefused() {
    ShapeException e =
        assertThrows(ShapeException.class, () -> new Add().outputShape(List.of(Shape.of(2, 3))));
    assertEquals("Add: expected at least 2 inputs, found 1", e.getMessage());
  }

  @Test
  void aBiasHasOneElementAnOutput() {
    Shape pixels = Shape.of(2, 5, 5, 3);
    assertRefused(
        "Dense: expected a bias of (4,), found (1, 4)",
        new Dense(),
        Shape.of(2, 3),
        Shape.of(3, 4),
        Shape.of(1, 4));
    assertRefused(
        "DepthwiseConv2d: expected a bias of (6,), found (3,)",
        new DepthwiseConv2d(1, 1, Padding.SAME, 1, 1),
        pixels,
        Shape.of(3, 3, 3, 2),
        Shape.of(3));
  }

  @Test
  void aDepthwiseWindowThatIsTooLargeIsReportedAsDepthwise() {
    assertRefused(
        "DepthwiseConv2d: expected an input of at least 7x5 pixels, found (2, 5, 5, 3)",
        new DepthwiseConv2d(1, 1, Padding.VALID, 3, 2),
        Shape.of(2, 5, 5, 3),
        Shape.of(3, 3, 3, 1));
  }

  private static void assertRefused(String message, Op op, Shape... inputs) {
    ShapeException e = assertThrows(ShapeException.class, () -> op.outputShape(List.of(inputs)));
    assertEquals(message, e.getMessage());
  }
}
