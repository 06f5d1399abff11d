package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {

  private final Tape tape = new Tape(Compute.threads(1));

  @Test
  void aSaturatedSigmoidKeepsItsExactLossAndGradient() {
    Tensor z = Tensor.of(Shape.of(2, 1), -200, 150);
    tape.watch(z);
    Tensor p = tape.apply(new Sigmoid(), z);
    Tensor loss = Loss.BINARY_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(2, 1), 1, 0));
    assertEquals(175, loss.item());
    assertArrayEquals(new float[] {-0.5f, 0.5f}, tape.gradients(loss).get(z).toArray(), 1e-7f);
  }

  @Test
  void aSaturatedSoftmaxKeepsItsExactLossAndGradient() {
    Tensor z = Tensor.of(Shape.of(1, 3), 0, 300, 0);
    tape.watch(z);
    Tensor p = tape.apply(new Softmax(), z);
    Tensor loss = Loss.CATEGORICAL_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(1, 3), 1, 0, 0));
    assertEquals(300, loss.item());
    assertArrayEquals(new float[] {-1, 1, 0}, tape.gradients(loss).get(z).toArray(), 1e-7f);
  }

  @Test
  void theSparseLossGoesThroughTheLogitsToo() {
    Tensor z = Tensor.of(Shape.of(1, 3), 0, 300, 0);
    tape.watch(z);
    Tensor p = tape.apply(new Softmax(), z);
    Tensor loss = Loss.SPARSE_CATEGORICAL_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(1), 2));
    assertEquals(300, loss.item());
    assertArrayEquals(new float[] {0, 1, -1}, tape.gradients(loss).get(z).toArray(), 1e-7f);
  }

  @Test
  void theLogitsAreFoundInInferenceToo() {
    Tensor p = tape.apply(new Sigmoid(), Tensor.of(Shape.of(1, 1), -120));
    assertEquals(120, Loss.BINARY_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(1, 1), 1)).item());
  }

  @Test
  void probabilitiesThatNoActivationMadeAreClipped() {
    Tensor p = Tensor.of(Shape.of(1, 1), 0);
    Tensor loss = Loss.BINARY_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(1, 1), 1));
    assertEquals(-Math.log(1e-7), loss.item(), 1e-5);
  }

  @Test
  void aSoftmaxUnderABinaryLossIsTakenAsProbabilities() {
    Tensor p = tape.apply(new Softmax(), Tensor.of(Shape.of(1, 2), 0, 0));
    Tensor loss = Loss.BINARY_CROSSENTROPY.of(tape, p, Tensor.of(Shape.of(1, 2), 1, 0));
    assertEquals(Math.log(2), loss.item(), 1e-6);
  }

  @Test
  void aSoftmaxOverAnotherDimensionIsTakenAsProbabilities() {
    Tensor z = Tensor.of(Shape.of(1, 2, 2), 0, 0, (float) Math.log(3), 0);
    Tensor p = tape.apply(new Softmax(1), z);
    Tensor t = Tensor.of(Shape.of(1, 2, 2), 1, 0, 1, 0);
    // The rows 1/4 1/2 and 3/4 1/2 are divided by their sums: (log 3 + log 5/3) / 2.
    assertEquals(Math.log(5) / 2, Loss.CATEGORICAL_CROSSENTROPY.of(tape, p, t).item(), 1e-6);
  }

  @Test
  void theMeanSquaredErrorTakesThePredictionAsItIs() {
    Tensor p = tape.apply(new Sigmoid(), Tensor.of(Shape.of(2, 1), 0, 0));
    Tensor loss = Loss.MEAN_SQUARED_ERROR.of(tape, p, Tensor.of(Shape.of(2, 1), 1, 0.5f));
    assertEquals(0.125, loss.item(), 1e-7);
  }

  /** {@code -0.9 log 0.8 - 0.1 log 0.2}, by hand: smoothing 0.2 makes 1 to 0.9. */
  @Test
  void aSmoothedBinaryLossPullsTargetsTowardsAHalf() {
    Tensor p = Tensor.of(Shape.of(2, 1), 0.8f, 0.2f);
    Tensor t = Tensor.of(Shape.of(2, 1), 1, 0);
    Tensor loss = Loss.BINARY_CROSSENTROPY.labelSmoothing(0.2).of(tape, p, t);
    assertEquals(0.3617730, loss.item(), 1e-6);
    assertArrayEquals(new float[] {1, 0}, t.toArray());
  }

  /** {@code -0.8 log 0.7 - 0.1 log 0.2 - 0.1 log 0.1}: 0.3 on 3 classes makes 1 to 0.8. */
  @Test
  void aSmoothedCategoricalLossPullsTargetsTowardsAllClasses() {
    Tensor p = Tensor.of(Shape.of(1, 3), 0.7f, 0.2f, 0.1f);
    Tensor t = Tensor.of(Shape.of(1, 3), 1, 0, 0);
    Tensor loss = Loss.CATEGORICAL_CROSSENTROPY.labelSmoothing(0.3).of(tape, p, t);
    assertEquals(0.6765422, loss.item(), 1e-6);
  }

  @Test
  void aSmoothedLossGoesThroughTheLogitsToo() {
    Tensor z = Tensor.of(Shape.of(1, 3), 0, 300, 0);
    tape.watch(z);
    Tensor p = tape.apply(new Softmax(), z);
    Tensor t = Tensor.of(Shape.of(1, 3), 1, 0, 0);
    Tensor loss = Loss.CATEGORICAL_CROSSENTROPY.labelSmoothing(0.3).of(tape, p, t);
    assertEquals(0.9 * 300, loss.item(), 1e-4);
    float[] expected = {-0.8f, 0.9f, -0.1f};
    assertArrayEquals(expected, tape.gradients(loss).get(z).toArray(), 1e-6f);
  }

  @Test
  void smoothingOutsideOfItsRangeOrItsLossesIsRefused() {
    IllegalArgumentException range =
        assertThrows(
            IllegalArgumentException.class,
            () -> Loss.BINARY_CROSSENTROPY.labelSmoothing(1.5).kerasName());
    assertEquals(
        "binary_crossentropy: label_smoothing: expected 0 to 1, found 1.5", range.getMessage());
    IllegalArgumentException kind =
        assertThrows(
            IllegalArgumentException.class,
            () -> Loss.MEAN_SQUARED_ERROR.labelSmoothing(0.1).kerasName());
    assertEquals(
        "label_smoothing: expected binary_crossentropy or categorical_crossentropy, found"
            + " mean_squared_error",
        kind.getMessage());
  }

  @Test
  void lossesHaveKerassNames() {
    assertEquals("binary_crossentropy", Loss.BINARY_CROSSENTROPY.kerasName());
    assertEquals("categorical_crossentropy", Loss.CATEGORICAL_CROSSENTROPY.kerasName());
    assertEquals(
        "sparse_categorical_crossentropy", Loss.SPARSE_CATEGORICAL_CROSSENTROPY.kerasName());
    assertEquals("mean_squared_error", Loss.MEAN_SQUARED_ERROR.kerasName());
  }
}
