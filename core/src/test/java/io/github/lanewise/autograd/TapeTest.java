package io.github.lanewise.autograd;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.op.Add;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.op.Relu;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapeTest {

  private final Tape tape = new Tape(Compute.threads(1));

  @Test
  void nothingIsRecordedBelowTheFirstWatchedTensor() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1, -1);
    Tensor below = tape.apply(new Relu(), tape.apply(new Relu(), x));
    assertEquals(0, tape.size());
    Tensor weight = Tensor.of(Shape.of(1, 2), 3, 4);
    tape.watch(weight);
    Tensor sum = tape.apply(new Add(), below, weight);
    Tensor loss = tape.apply(new MeanSquaredError(), sum, Tensor.zeros(1, 2));
    assertEquals(2, tape.size());
    Gradients gradients = tape.gradients(loss);
    assertArrayEquals(new float[] {4, 4}, gradients.get(weight).data());
    assertFalse(gradients.contains(x));
    assertFalse(gradients.contains(below));
    assertFalse(gradients.contains(sum));
    assertThrows(IllegalArgumentException.class, () -> gradients.get(x));
  }

  @Test
  void aTensorThatIsUsedSeveralTimesGetsTheSumOfItsGradients() {
    Tensor x = Tensor.of(Shape.of(1, 1), 3);
    tape.watch(x);
    Tensor doubled = tape.apply(new Add(), x, x);
    Tensor four = tape.apply(new Add(), doubled, tape.apply(new Relu(), doubled));
    Tensor five = tape.apply(new Add(), four, x);
    Tensor loss = tape.apply(new MeanSquaredError(), five, Tensor.zeros(1, 1));
    // d (5x)^2 / dx = 50 x.
    assertEquals(150, tape.gradients(loss).get(x).item());
  }

  @Test
  void aTensorInTheMiddleMayBeWatchedToo() {
    Tensor x = Tensor.of(Shape.of(1, 1), 3);
    tape.watch(x);
    Tensor doubled = tape.apply(new Add(), x, x);
    tape.watch(doubled);
    Tensor loss = tape.apply(new MeanSquaredError(), doubled, Tensor.zeros(1, 1));
    Gradients gradients = tape.gradients(loss);
    assertEquals(12, gradients.get(doubled).item());
    assertEquals(24, gradients.get(x).item());
  }

  @Test
  void whatTheScalarDoesNotDependOnHasNoGradient() {
    Tensor x = Tensor.of(Shape.of(1, 1), 3);
    Tensor other = Tensor.of(Shape.of(1, 1), 5);
    tape.watch(x);
    tape.watch(other);
    tape.apply(new Relu(), other);
    Tensor loss = tape.apply(new MeanSquaredError(), x, Tensor.zeros(1, 1));
    Gradients gradients = tape.gradients(loss);
    assertEquals(6, gradients.get(x).item());
    assertFalse(gradients.contains(other));
  }

  @Test
  void updatesWorkInTheMemoryOfTheStepBefore() {
    Tensor x = Tensor.of(Shape.of(1, 2), 3, -2);
    TensorPool pool = new TensorPool();
    float[] first = step(x, pool);
    assertArrayEquals(new float[] {0, -2}, x.toArray());
    float[] second = step(x, pool);
    assertArrayEquals(new float[] {0, -2}, x.toArray());
    assertSame(first, second);
  }

  @Test
  void whatIsReleasedIsGivenUpUnlessTheWayBackReadsIt() {
    Tensor x = Tensor.of(Shape.of(1, 2), 3, -2);
    tape.watch(x);
    Tensor sum = tape.apply(new Add(), x, x);
    Tensor y = tape.apply(new Relu(), sum);
    tape.release(sum);
    Tensor next = tape.apply(new Add(), y, y);
    tape.release(y);
    assertSame(sum.data(), next.data());
    assertNull(tape.producer(y));
    Tensor loss = tape.apply(new MeanSquaredError(), next, Tensor.zeros(1, 2));
    assertNotSame(y.data(), loss.data());
    // d (4 x)^2 / 2 / dx = 16 x where x is positive.
    assertArrayEquals(new float[] {48, 0}, tape.gradients(loss).get(x).toArray());
  }

  @Test
  void whatIsUsedOrAskedForAfterItsReleaseIsKept() {
    Tensor x = Tensor.of(Shape.of(1, 2), 3, -2);
    Tensor first = tape.apply(new Add(), x, x);
    Tensor second = tape.apply(new Relu(), first);
    tape.release(first);
    assertSame(first, requireNonNull(tape.producer(second)).inputs().get(0));
    tape.release(second);
    tape.apply(new Relu(), second);
    Tensor last = tape.apply(new Relu(), first);
    assertArrayEquals(new float[] {6, -4}, first.toArray());
    assertArrayEquals(new float[] {6, 0}, second.toArray());
    assertArrayEquals(new float[] {6, 0}, last.toArray());
  }

  /** Subtracts the gradient of the mean of relu(x) squared, and gives the array of relu(x). */
  private static float[] step(Tensor x, TensorPool pool) {
    Tape tape = new Tape(Compute.threads(1), pool);
    tape.watch(x);
    Tensor y = tape.apply(new Relu(), x);
    Tensor loss = tape.apply(new MeanSquaredError(), y, Tensor.zeros(1, 2));
    tape.update(
        loss,
        weights ->
            (from, to, gradient, at) -> {
              for (int i = from; i < to; i++) {
                weights.data()[i] -= gradient[at + i - from];
              }
            });
    return y.data();
  }

  @Test
  void onlyAScalarThatDependsOnWhatIsWatchedHasGradients() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1, 2);
    Tensor constant = tape.apply(new MeanSquaredError(), x, x);
    IllegalArgumentException unwatched =
        assertThrows(IllegalArgumentException.class, () -> tape.gradients(constant));
    assertEquals("gradients: the scalar depends on no watched tensor", unwatched.getMessage());
    tape.watch(x);
    Tensor y = tape.apply(new Relu(), x);
    ShapeException notScalar = assertThrows(ShapeException.class, () -> tape.gradients(y));
    assertEquals("gradients: expected a scalar, found (1, 2)", notScalar.getMessage());
  }

  @Test
  void theLatestApplicationIsKnownEvenIfNotRecorded() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1, 2);
    Tensor first = tape.apply(new Relu(), x);
    Tensor second = tape.apply(new Add(), first, first);
    Tape.Entry latest = tape.producer(second);
    assertEquals(new Tape.Entry(new Add(), List.of(first, first), second, ""), latest);
    assertNull(tape.producer(first));
  }

  @Test
  void aFrozenTrunkKeepsNothingAndItsBatchNormalizationRunsInInferenceMode() {
    Node input = Input.of(3, 3, 2);
    Node x = new Conv2D(4, 3, 3).name("conv").on(input);
    x = new BatchNormalization().name("bn").on(x);
    Node features = new Flatten().name("flatten").on(x);
    Model model = new Model(input, new Dense(1).name("head").on(features));
    model.layer("conv").setTrainable(false);
    model.layer("bn").setTrainable(false);
    Layer frozen = model.layer("bn").layer();
    List<float[]> before = frozen.parameters().stream().map(p -> p.value().toArray()).toList();

    Tensor batch = Tensor.full(Shape.of(2, 3, 3, 2), 0.5f);
    Map<Node, Tensor> feeds = Map.of(input, batch);
    List<Tensor> outputs = model.forward(tape, feeds, List.of(features, model.output()), true);

    assertEquals(1, tape.size());
    List<Tensor> inference =
        model.forward(new Tape(tape.compute()), feeds, List.of(features), false);
    assertArrayEquals(inference.get(0).data(), outputs.get(0).data());
    for (int i = 0; i < before.size(); i++) {
      assertArrayEquals(before.get(i), frozen.parameters().get(i).value().data());
    }
    Tensor loss = tape.apply(new MeanSquaredError(), outputs.get(1), Tensor.zeros(2, 1));
    Gradients gradients = tape.gradients(loss);
    for (Parameter parameter : model.parameters()) {
      boolean head = model.layer("head").layer().parameters().contains(parameter);
      assertEquals(head, gradients.contains(parameter.value()), parameter.toString());
    }
  }
}
