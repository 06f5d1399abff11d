package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
  void theMeanSquaredErrorTakesThePredictionAsItIs() {
    Tensor p = tape.apply(new Sigmoid(), Tensor.of(Shape.of(2, 1), 0, 0));
    Tensor loss = Loss.MEAN_SQUARED_ERROR.of(tape, p, Tensor.of(Shape.of(2, 1), 1, 0.5f));
    assertEquals(0.125, loss.item(), 1e-7);
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
