package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses against their formulas, in Keras's conventions. */
class LossValuesTest {

  /** {@code -log(1e-7)}, the largest loss of a clipped probability. */
  private static final double CLIPPED = 16.11809565;

  @Test
  void binaryCrossentropyIsTheMeanOfLogarithms() {
    Tensor p = Tensor.of(Shape.of(2, 1), 0.9f, 0.2f);
    Tensor t = Tensor.of(Shape.of(2, 1), 1, 0);
    double expected = -(Math.log(0.9) + Math.log(0.8)) / 2;
    assertEquals(expected, loss(new BinaryCrossentropy(false), p, t), 1e-6);
  }

  @Test
  void probabilitiesAreClippedAndTheLossIsFlatThere() {
    Tensor p = Tensor.of(Shape.of(2, 1), 0, 1);
    Tensor t = Tensor.of(Shape.of(2, 1), 1, 0);
    Op op = new BinaryCrossentropy(false);
    assertEquals(CLIPPED, loss(op, p, t), 1e-5);
    OpCase c = OpCase.of("clipped", op, p, t).differentiableIn(0);
    Tensor gradient = c.backward(Compute.standard(), Tensor.scalar(1)).get(0);
    assertArrayEquals(new float[2], gradient.data());
    Tensor sure = Tensor.of(Shape.of(1, 2), 0, 1);
    Tensor wrong = Tensor.of(Shape.of(1, 2), 1, 0);
    assertEquals(CLIPPED, loss(new CategoricalCrossentropy(false), sure, wrong), 1e-5);
  }

  @Test
  void fromLogitsNothingIsClipped() {
    Tensor z = Tensor.of(Shape.of(2, 1), 100, -1000);
    Tensor t = Tensor.of(Shape.of(2, 1), 0, 1);
    assertEquals(550, loss(new BinaryCrossentropy(true), z, t), 1e-4);
    Tensor row = Tensor.of(Shape.of(1, 2), 1000, 0);
    Tensor second = Tensor.of(Shape.of(1, 2), 0, 1);
    assertEquals(1000, loss(new CategoricalCrossentropy(true), row, second), 1e-3);
    Tensor one = Tensor.of(Shape.of(1), 1);
    assertEquals(1000, loss(new SparseCategoricalCrossentropy(true), row, one), 1e-3);
  }

  @Test
  void logitsAndTheirProbabilitiesHaveTheSameLoss() {
    Tensor z = Tensor.of(Shape.of(2, 3), 1, -1, 0.5f, 0.25f, 2, -2);
    Tensor p = Tensor.zeros(2, 3);
    new Softmax().forward(Compute.standard(), List.of(z), p);
    Tensor t = Tensor.of(Shape.of(2, 3), 0.2f, 0.3f, 0.5f, 0, 1, 0);
    assertEquals(
        loss(new CategoricalCrossentropy(true), z, t),
        loss(new CategoricalCrossentropy(false), p, t),
        1e-6);
    Tensor classes = Tensor.of(Shape.of(2), 2, 1);
    assertEquals(
        loss(new SparseCategoricalCrossentropy(true), z, classes),
        loss(new SparseCategoricalCrossentropy(false), p, classes),
        1e-6);
    new Sigmoid().forward(Compute.standard(), List.of(z), p);
    assertEquals(
        loss(new BinaryCrossentropy(true), z, t), loss(new BinaryCrossentropy(false), p, t), 1e-6);
  }

  @Test
  void rowsThatDoNotSumToOneAreDividedByTheirSum() {
    Tensor p = Tensor.of(Shape.of(1, 3), 2, 3, 5);
    Tensor t = Tensor.of(Shape.of(1, 3), 0, 1, 0);
    assertEquals(-Math.log(0.3), loss(new CategoricalCrossentropy(false), p, t), 1e-6);
  }

  @Test
  void meanSquaredErrorIsTheMeanOverAllElements() {
    Tensor p = Tensor.of(Shape.of(1, 2), 1, 2);
    Tensor t = Tensor.of(Shape.of(1, 2), 3, 5);
    assertEquals(6.5, loss(new MeanSquaredError(), p, t), 1e-6);
  }

  /** By hand: losses of samples times 2 and 0.5, their sum divided by the number of samples, 2. */
  @Test
  void weightsMultiplyTheLossesOfSamplesAndAreNotDividedBy() {
    Tensor w = Tensor.of(Shape.of(2), 2, 0.5f);
    Tensor p = Tensor.of(Shape.of(2, 2), 0.75f, 0.25f, 0.5f, 0.5f);
    Tensor t = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    double binary = (2 * Math.log(4 / 3.0) + 0.5 * Math.log(2)) / 2;
    assertEquals(binary, loss(new BinaryCrossentropy(false), p, t, w), 1e-6);
    assertEquals(binary, loss(new CategoricalCrossentropy(false), p, t, w), 1e-6);
    Tensor classes = Tensor.of(Shape.of(2), 0, 1);
    assertEquals(binary, loss(new SparseCategoricalCrossentropy(false), p, classes, w), 1e-6);
    assertEquals((2 * 0.0625 + 0.5 * 0.25) / 2, loss(new MeanSquaredError(), p, t, w), 1e-7);
  }

  @Test
  void aClassThatIsNoneIsRefused() {
    Tensor p = Tensor.full(Shape.of(1, 3), 1 / 3f);
    Op op = new SparseCategoricalCrossentropy(false);
    for (float wrong : new float[] {3, -1, 0.5f, Float.NaN}) {
      Tensor t = Tensor.of(Shape.of(1), wrong);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> loss(op, p, t));
      assertEquals(
          "SparseCategoricalCrossentropy: expected targets of whole numbers below 3, found "
              + wrong,
          e.getMessage());
    }
  }

  private static double loss(Op op, Tensor... inputs) {
    Tensor output = Tensor.scalar(Float.NaN);
    assertEquals(Shape.of(), op.outputShape(Arrays.stream(inputs).map(Tensor::shape).toList()));
    op.forward(Compute.standard(), List.of(inputs), output);
    return output.item();
  }
}
