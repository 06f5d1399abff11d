package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.autograd.TensorPool;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights updated on the way back, beside gradients that are all computed before any weight. */
@Tag("every-width")
class FusedUpdateTest {

  private static final int STEPS = 4;

  private final TensorPool pool = new TensorPool();

  /** A layer called twice, one with two uses of its input, and one below which nothing learns. */
  private static Model shared() {
    Node input = Input.of(30);
    Node first = new Dense(70).activation(Activation.RELU).name("first").on(input);
    Dense twice = new Dense(70).activation(Activation.SIGMOID).name("twice");
    Node a = twice.on(first);
    Node b = twice.on(a);
    Node sum = new Add().on(a, b);
    return new Model(input, new Dense(2).name("last").on(sum));
  }

  private static Map<Node, Tensor> feeds(Model model) {
    SplittableRandom random = new SplittableRandom(2);
    Tensor x = Tensor.zeros(9, 30);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return Map.of(model.input(), x);
  }

  private List<float[]> train(Model model, Optimizer optimizer, int threads, boolean fused) {
    Compute compute = Compute.threads(threads);
    Map<Tensor, Parameter> parameters = new HashMap<>();
    model.trainableParameters().forEach(p -> parameters.put(p.value(), p));
    for (int step = 0; step < STEPS; step++) {
      Tape tape = new Tape(compute, pool);
      Tensor y = model.forward(tape, feeds(model), List.of(model.output()), true).get(0);
      Tensor loss = tape.apply(new MeanSquaredError(), y, Tensor.full(y.shape(), 0.3f));
      if (fused) {
        optimizer.beginStep();
        tape.update(
            loss,
            weights ->
                parameters.containsKey(weights)
                    ? optimizer.update(compute, parameters.get(weights))
                    : null);
        assertEquals(0, tape.size());
        optimizer.endStep(compute);
      } else {
        optimizer.step(compute, model.trainableParameters(), tape.gradients(loss));
      }
    }
    List<float[]> weights = new ArrayList<>();
    model.parameters().forEach(p -> weights.add(p.value().toArray()));
    return weights;
  }

  private void assertSameBits(Supplier<Optimizer> optimizer) {
    List<float[]> expected = train(shared(), optimizer.get(), 1, false);
    for (int threads = 1; threads <= 3; threads++) {
      List<float[]> found = train(shared(), optimizer.get(), threads, true);
      assertEquals(expected.size(), found.size());
      for (int i = 0; i < found.size(); i++) {
        assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
      }
    }
  }

  @Test
  void rmspropOnTheWayBackGivesTheBitsOfAStepAtTheEnd() {
    assertSameBits(() -> new RMSprop(0.01));
  }

  @Test
  void adamOnTheWayBackGivesTheBitsOfAStepAtTheEnd() {
    assertSameBits(() -> new Adam(0.01));
  }

  @Test
  void sgdOnTheWayBackGivesTheBitsOfAStepAtTheEnd() {
    assertSameBits(() -> new SGD(0.1, 0.9, true));
  }

  @Test
  void adamwOnTheWayBackGivesTheBitsOfAStepAtTheEnd() {
    assertSameBits(() -> new AdamW(0.01, 0.1));
  }

  @Test
  void clippedGradientsGiveTheSameBitsOnBothWays() {
    assertSameBits(() -> new SGD(0.1, 0.9, true).clipvalue(0.001));
    assertSameBits(() -> new SGD(0.1, 0.9, true).clipnorm(0.01));
    assertSameBits(() -> new AdamW(0.01).globalClipnorm(0.01));
  }

  @Test
  void accumulatedGradientsGiveTheSameBitsOnBothWays() {
    assertSameBits(() -> new Adam(0.01).gradientAccumulationSteps(2));
    assertSameBits(() -> new RMSprop(0.01).gradientAccumulationSteps(3).globalClipnorm(0.02));
  }

  @Test
  void aLimitThatNothingReachesChangesNoBit() {
    List<float[]> expected = train(shared(), new RMSprop(0.01), 1, true);
    for (RMSprop limited :
        List.of(
            new RMSprop(0.01).clipvalue(1e6),
            new RMSprop(0.01).clipnorm(1e6),
            new RMSprop(0.01).globalClipnorm(1e6))) {
      List<float[]> found = train(shared(), limited, 2, true);
      for (int i = 0; i < found.size(); i++) {
        assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
      }
    }
  }
}
