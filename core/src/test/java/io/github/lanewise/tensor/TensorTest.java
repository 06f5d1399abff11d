package io.github.lanewise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {

  private static final Tensor COUNTING =
      Tensor.of(Shape.of(2, 2, 3), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

  @Test
  void elementsAreFoundInRowMajorOrder() {
    assertEquals(9, COUNTING.get(1, 1, 0));
    assertEquals(2, COUNTING.get(0, 0, 2));
  }

  @Test
  void anIndexOutsideTheShapeIsRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> COUNTING.get(0, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> COUNTING.get(0, 1));
  }

  @Test
  void rowsShareTheArray() {
    Tensor second = COUNTING.rows(1, 2);
    assertSame(COUNTING.data(), second.data());
    assertEquals(Shape.of(1, 2, 3), second.shape());
    assertArrayEquals(new float[] {6, 7, 8, 9, 10, 11}, second.toArray());
  }

  @Test
  void aSliceOfChannelsSkipsTheOthers() {
    Tensor slice = COUNTING.channels(1, 3);
    assertFalse(slice.dense());
    assertArrayEquals(new float[] {1, 2, 4, 5, 7, 8, 10, 11}, slice.toArray());
    assertEquals(11, slice.get(1, 1, 1));
    assertArrayEquals(
        new float[] {2, 5, 8, 11}, slice.channels(1, 2).toArray(), "a slice of a slice");
  }

  @Test
  void theElementsOfASliceAreCopiedIntoADenseTensorOfItsShape() {
    Tensor slice = COUNTING.channels(1, 3);
    Tensor target = Tensor.full(Shape.of(4, 2, 2), -1).rows(1, 3);
    slice.copyTo(target);
    assertArrayEquals(slice.toArray(), target.toArray());
    assertEquals(-1, target.data()[3]);
    assertEquals(-1, target.data()[12]);
    ShapeException shape =
        assertThrows(ShapeException.class, () -> COUNTING.copyTo(Tensor.zeros(2, 2, 2)));
    assertEquals("copyTo: expected a tensor of (2, 2, 3), found (2, 2, 2)", shape.getMessage());
    assertThrows(ShapeException.class, () -> slice.copyTo(slice));
  }

  @Test
  void aSliceOfChannelsCanNotBeReshaped() {
    ShapeException e =
        assertThrows(ShapeException.class, () -> COUNTING.channels(0, 1).reshape(Shape.of(4)));
    assertEquals("reshape: expected a dense tensor, found a slice of channels", e.getMessage());
  }

  @Test
  void theNumberOfValuesMustBeTheShapesSize() {
    ShapeException e = assertThrows(ShapeException.class, () -> Tensor.of(Shape.of(2, 3), 1, 2, 3));
    assertEquals("Tensor: expected 6 values for (2, 3), found 3", e.getMessage());
  }

  @Test
  void shapesPrintAsInKeras() {
    assertEquals("(None, 150, 150, 3)", Shape.of(150, 150, 3).prepend(Shape.UNKNOWN).toString());
    assertEquals("(10,)", Shape.of(10).toString());
    assertEquals("()", Shape.of().toString());
  }

  @Test
  void onlyTheBatchMayBeUnknown() {
    assertThrows(ShapeException.class, () -> Shape.of(3, Shape.UNKNOWN));
    assertThrows(ShapeException.class, () -> Tensor.zeros(Shape.UNKNOWN, 3));
  }

  @Test
  void aShapeOfMoreElementsThanAnArrayHoldsIsRefused() {
    assertThrows(ShapeException.class, () -> Shape.of(65536, 65536));
  }
}
