package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.UpSampling2D;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of which each thread takes its own samples, and others whose steps threads share. */
class SessionPartTest {

  private static final int LARGEST = 9;

  private final SplittableRandom random = new SplittableRandom(4);

  /** With outputs that are a concatenation, a slice of it, a vector and the input. */
  private static Model model() {
    Node input = Input.of(64, 64, 3);
    Node stem = new Conv2D(32, 3, 3).padding(Padding.SAME).on(input);
    Node pooled = new MaxPooling2D(8, 8).on(stem);
    Node a = new Conv2D(16, 3, 3).padding(Padding.SAME).on(pooled);
    Node b = new Conv2D(32, 1, 1).on(pooled);
    Node mixed = new Concatenate().on(a, b);
    Node dense = new Dense(5).on(new Flatten().on(mixed));
    return new Model("m", List.of(input), List.of(mixed, b, dense, input));
  }

  private Tensor draw(int batch) {
    Tensor x = Tensor.zeros(Shape.of(batch, 64, 64, 3));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 12})
  void everyBatchGivesTheBitsOfOneThread(int threads) {
    InferencePlan plan = InferencePlan.compile(model());
    InferenceSession expecting = plan.session(Compute.threads(1), LARGEST);
    InferenceSession session = plan.session(Compute.threads(threads), LARGEST);
    for (int batch : new int[] {LARGEST, 1, 4, 8, 2, 3, 5, LARGEST}) {
      Tensor x = draw(batch);
      List<Tensor> expected = expecting.run(x);
      List<Tensor> found = session.run(x);
      for (int i = 0; i < expected.size(); i++) {
        String message = "output " + i + " of a batch of " + batch;
        assertEquals(expected.get(i).shape(), found.get(i).shape(), message);
        assertArrayEquals(expected.get(i).toArray(), found.get(i).toArray(), message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatARunGaveMayBeGivenToTheNext(int threads) {
    Node input = Input.of(64, 64, 3);
    Node wide = new Conv2D(64, 3, 3).padding(Padding.SAME).on(input);
    Node pooled = new MaxPooling2D(2, 2).on(wide);
    Node narrow = new Conv2D(16, 1, 1).on(pooled);
    Node same = new Conv2D(3, 1, 1).on(new UpSampling2D(2, 2).on(narrow));
    InferencePlan plan = InferencePlan.compile(new Model("m", List.of(input), List.of(same)));
    InferenceSession expecting = plan.session(Compute.threads(1), LARGEST);
    InferenceSession session = plan.session(Compute.threads(threads), LARGEST);
    for (int batch : new int[] {1, 2, 5, 8}) {
      Tensor once = session.run(draw(batch)).get(0);
      float[] expected = expecting.run(once.copy()).get(0).toArray();
      assertArrayEquals(expected, session.run(once).get(0).toArray(), "a batch of " + batch);
    }
  }

  @Test
  void theOutputsAreTheSameTensorsFromRunToRun() {
    InferenceSession session = InferencePlan.compile(model()).session(Compute.threads(2), 4);
    Tensor first = session.run(draw(4)).get(0);
    float[] before = first.toArray();
    Tensor again = session.run(draw(4)).get(0);
    assertSame(first, again);
    assertFalse(Arrays.equals(before, again.toArray()), "the values of the run before");
  }
}
