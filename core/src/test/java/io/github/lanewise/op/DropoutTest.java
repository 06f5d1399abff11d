package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static final int N = 100_000;

  @Test
  void aShareOfRateIsDroppedAndTheOthersAreScaledUp() {
    float[] y = drop(0.2, 1);
    int dropped = 0;
    for (float value : y) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1.25f, value);
      }
    }
    // Five standard deviations of the binomial distribution: sqrt(0.2 * 0.8 / N).
    assertEquals(0.2, dropped / (double) N, 5 * Math.sqrt(0.16 / N));
  }

  @Test
  void neighboursAreDroppedIndependently() {
    float[] y = drop(0.5, 2);
    for (int distance : new int[] {1, 2, 64}) {
      int both = 0;
      for (int i = distance; i < N; i++) {
        both += y[i] == 0 && y[i - distance] == 0 ? 1 : 0;
      }
      assertEquals(0.25, both / (double) N, 5 * Math.sqrt(0.1875 / N), "distance " + distance);
    }
  }

  @Test
  void theSeedAloneDecides() {
    assertArrayEquals(drop(0.5, 3), drop(0.5, 3));
    assertFalse(Arrays.equals(drop(0.5, 3), drop(0.5, 4)));
  }

  @Test
  void elementsOfOneNoiseAreDroppedTogether() {
    Tensor x = Tensor.full(Shape.of(N / 6, 3, 2), 1);
    Tensor y = Tensor.zeros(x.shape());
    new Dropout(0.5, 1, List.of(Shape.UNKNOWN, 1, 2)).forward(Compute.threads(2), List.of(x), y);
    int dropped = 0;
    for (int row = 0; row < x.size(); row += 6) {
      for (int i = row; i < row + 2; i++) {
        assertEquals(y.data()[i], y.data()[i + 2]);
        assertEquals(y.data()[i], y.data()[i + 4]);
        dropped += y.data()[i] == 0 ? 1 : 0;
      }
    }
    assertEquals(0.5, dropped / (N / 3.0), 5 * Math.sqrt(0.25 / (N / 3.0)));
  }

  @Test
  void aNoiseShapeThatDoesNotFitIsRefused() {
    Dropout op = new Dropout(0.5, 1, List.of(Shape.UNKNOWN, 1, 4));
    ShapeException e =
        assertThrows(ShapeException.class, () -> op.outputShape(List.of(Shape.of(5, 3, 2))));
    assertEquals(
        "Dropout: expected an input that [-1, 1, 4] stretches to, found (5, 3, 2)", e.getMessage());
  }

  private static float[] drop(double rate, long seed) {
    Tensor x = Tensor.full(Shape.of(1, N), 1);
    Tensor y = Tensor.zeros(1, N);
    new Dropout(rate, seed).forward(Compute.threads(2), List.of(x), y);
    return y.data();
  }
}
