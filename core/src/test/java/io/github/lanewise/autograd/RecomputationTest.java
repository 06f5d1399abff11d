package io.github.lanewise.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.op.Padding;
import io.github.lanewise.op.Relu;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Segments of a tape, beside the same without segments. */
@Tag("every-width")
class RecomputationTest {

  private static final int SIDE = 9;
  private static final int BATCH = 3;
  private static final int THREADS = 3;
  private static final String[] ENDS = {"mixed0", "mixed1", "mixed2"};

  /** The floats of the outputs of all the ends, and of the stem, which mixed2 takes as well. */
  private static final int BETWEEN = BATCH * SIDE * SIDE * (8 + 8 + 8 + 8);

  /**
   * Three blocks of convolutions, batch normalization and dropout: the second and the third share a
   * convolution, the third adds what lies below the first.
   */
  private static Model blocks() {
    Node input = Input.of(SIDE, SIDE, 3);
    Node stem = conv("stem", input, 8, 3);
    Node x = block("mixed0", conv("a", stem, 4, 3), conv("b", conv("c", stem, 6, 1), 4, 3));
    Conv2D shared = new Conv2D(4, 3, 3).padding(Padding.SAME).name("shared");
    Node pooled = new MaxPooling2D(3).strides(1).padding(Padding.SAME).name("pool").on(x);
    x = block("mixed1", conv("h", shared.on(conv("d", x, 8, 3)), 4, 1), conv("e", pooled, 4, 1));
    Node dropped = new Dropout(0.4).seed(5).name("dropout").on(conv("f", x, 8, 3));
    x = new Add().name("sum").on(dropped, stem);
    x = block("mixed2", shared.on(x), conv("g", x, 4, 3));
    x = new GlobalAveragePooling2D().name("mean").on(x);
    return new Model(input, new Dense(2).activation(Activation.TANH).name("head").on(x));
  }

  private static Node conv(String name, Node x, int filters, int size) {
    Node y =
        new Conv2D(filters, size, size)
            .padding(Padding.SAME)
            .useBias(false)
            .name(name + "_conv")
            .on(x);
    y = new BatchNormalization().momentum(0.9).name(name + "_bn").on(y);
    return new ReLU().name(name + "_relu").on(y);
  }

  private static Node block(String name, Node... branches) {
    return new Concatenate().name(name).on(branches);
  }

  private static Set<Node> nodes(Model model, String... layers) {
    Set<Node> nodes = new HashSet<>();
    for (String layer : layers) {
      nodes.addAll(model.layer(layer).nodes());
    }
    return nodes;
  }

  /** The loss of a forward pass in training mode. */
  private static Tensor loss(Model model, Tape tape, String... ends) {
    Tensor x = Tensor.zeros(BATCH, SIDE, SIDE, 3);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    Map<Node, Tensor> feeds = Map.of(model.input(), x);
    Tensor y = model.forward(tape, feeds, List.of(model.output()), true, nodes(model, ends)).get(0);
    return tape.apply(new MeanSquaredError(), y, Tensor.full(y.shape(), 0.3f));
  }

  private static List<float[]> gradients(Model model, Gradients of) {
    List<float[]> gradients = new ArrayList<>();
    model.trainableParameters().forEach(p -> gradients.add(of.get(p.value()).toArray()));
    return gradients;
  }

  private static List<float[]> weights(Model model) {
    return model.parameters().stream().map(Parameter::value).map(Tensor::toArray).toList();
  }

  private static void assertSame(List<float[]> expected, List<float[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
    }
  }

  /** Two steps of plain gradient descent on the way back. */
  private static List<float[]> train(int threads, TensorPool pool, String... ends) {
    Model model = blocks();
    for (int step = 0; step < 2; step++) {
      Tape tape = new Tape(Compute.threads(threads), pool);
      Tensor loss = loss(model, tape, ends);
      tape.update(
          loss,
          weights ->
              (from, to, gradient, at) -> {
                for (int i = from; i < to; i++) {
                  weights.data()[weights.offset() + i] -= 0.5f * gradient[at + i - from];
                }
              });
    }
    return weights(model);
  }

  @Test
  void gradientsAndMovingAveragesHaveTheSameBitsWhereBlocksAreComputedAgain() {
    Model expectedModel = blocks();
    Tape whole = new Tape(Compute.threads(1));
    List<float[]> expected = gradients(expectedModel, whole.gradients(loss(expectedModel, whole)));
    for (int threads = 1; threads <= THREADS; threads++) {
      Model model = blocks();
      Tape tape = new Tape(Compute.threads(threads));
      Tensor loss = loss(model, tape, ENDS);
      assertSame(expected, gradients(model, tape.gradients(loss)));
      assertSame(expected, gradients(model, tape.gradients(loss)));
      assertSame(weights(expectedModel), weights(model));
    }
  }

  @Test
  void updatesHaveTheSameBitsWhereBlocksAreComputedAgainAndShareWeights() {
    List<float[]> expected = train(1, new TensorPool());
    for (int threads = 1; threads <= THREADS; threads++) {
      List<float[]> found = train(threads, new TensorPool(), ENDS);
      assertSame(expected, found);
    }
  }

  @Test
  void segmentsMayEndAnywhere() {
    List<float[]> expected = train(1, new TensorPool());
    for (String[] ends :
        new String[][] {
          {"head"}, {"stem_conv"}, {"a_bn", "d_relu", "dropout"}, {"mixed2"}, {"shared", "mean"}
        }) {
      assertSame(expected, train(1, new TensorPool(), ends));
    }
  }

  @Test
  void theTapeHoldsWhatLiesBetweenSegmentsAlone() {
    Tape whole = new Tape(Compute.threads(1));
    loss(blocks(), whole);
    Tape tape = new Tape(Compute.threads(1));
    loss(blocks(), tape, ENDS);
    // The last block's output is given up as well: no backward reads it. The head holds a little.
    int mixed2 = BATCH * SIDE * SIDE * 8;
    int head = BATCH * (8 + 2 + 2) + 1;
    assertTrue(tape.heldFloats() <= BETWEEN - mixed2 + head, tape.heldFloats() + " floats");
    assertTrue(
        2 * tape.heldFloats() < whole.heldFloats(),
        tape.heldFloats() + " of " + whole.heldFloats() + " floats");
    assertEquals(whole.size(), tape.size());
  }

  @Test
  void aStepOfTrainingWorksInLessMemory() {
    TensorPool whole = new TensorPool();
    train(1, whole);
    TensorPool pool = new TensorPool();
    train(1, pool, ENDS);
    assertTrue(
        4 * pool.freeFloats() < 3 * whole.freeFloats(),
        pool.freeFloats() + " of " + whole.freeFloats() + " floats");
  }

  @Test
  void whatIsBelowTheFirstWatchedTensorIsHeldForASegmentThatTakesIt() {
    Tape tape = new Tape(Compute.threads(1));
    Tensor x = Tensor.of(Shape.of(1, 2), 3, -2);
    Tensor weight = Tensor.of(Shape.of(1, 2), 1, -1);
    tape.beginSegment();
    Tensor below = tape.apply(new Relu(), x);
    tape.watch(weight);
    Tensor sum = tape.apply(new io.github.lanewise.op.Add(), below, weight);
    tape.release(below);
    Tensor y = tape.apply(new Relu(), sum);
    tape.release(sum);
    Tensor end = tape.apply(new io.github.lanewise.op.Add(), y, y);
    tape.release(y);
    tape.endSegment();
    Tensor loss = tape.apply(new MeanSquaredError(), end, Tensor.zeros(1, 2));
    assertEquals(2 + 2 + 1, tape.heldFloats());
    // d (2 relu(x + w))^2 / 2 / dw = 4 relu(x + w).
    assertArrayEquals(new float[] {16, 0}, tape.gradients(loss).get(weight).toArray());
    assertEquals(2 + 2 + 1, tape.heldFloats());
  }

  @Test
  void segmentsDoNotNestAndHaveToEnd() {
    Tape tape = new Tape(Compute.threads(1));
    assertThrows(IllegalStateException.class, tape::endSegment);
    Tensor x = Tensor.of(Shape.of(1, 1), 3);
    tape.watch(x);
    tape.beginSegment();
    assertThrows(IllegalStateException.class, tape::beginSegment);
    Tensor loss = tape.apply(new MeanSquaredError(), x, Tensor.zeros(1, 1));
    IllegalStateException open =
        assertThrows(IllegalStateException.class, () -> tape.gradients(loss));
    assertEquals("gradients: expected no segment under way, found one", open.getMessage());
    tape.endSegment();
    assertEquals(6, tape.gradients(loss).get(x).item());
  }
}
