package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clipped and accumulated gradients; expected numbers by hand, from gradients of norms 5 and 12.
 */
class GradientClippingTest {

  private static final Compute COMPUTE = Compute.threads(1);

  private final Parameter a = new Parameter("a", Tensor.zeros(2), true);
  private final Parameter b = new Parameter("b", Tensor.zeros(1), true);

  /** One batch with these gradients. */
  private void batch(Optimizer optimizer, float[] gradientA, float... gradientB) {
    optimizer.beginStep();
    apply(optimizer, a, gradientA);
    apply(optimizer, b, gradientB);
    optimizer.endStep(COMPUTE);
  }

  private static void apply(Optimizer optimizer, Parameter parameter, float[] gradient) {
    optimizer
        .update(COMPUTE, parameter)
        .applyAll(gradient.length, gradient, 0, ParallelLoop.serial());
  }

  private void assertWeights(double... expected) {
    double[] found = {a.value().get(0), a.value().get(1), b.value().get(0)};
    assertArrayEquals(expected, found, 1e-6);
  }

  @Test
  void clipnormShortensEachWeightsGradientByItself() {
    batch(new SGD(1).clipnorm(6), new float[] {3, 4}, 12);
    assertWeights(-3, -4, -6);
  }

  @Test
  void globalClipnormShortensAllGradientsByOneFactor() {
    batch(new SGD(1).globalClipnorm(6.5), new float[] {3, 4}, 12);
    assertWeights(-1.5, -2, -6);
  }

  @Test
  void clipvalueLimitsEachElement() {
    batch(new SGD(1).clipvalue(3.5), new float[] {-3, -4}, 12);
    assertWeights(3, 3.5, -3.5);
  }

  @Test
  void anInfiniteNormMakesAllWeightsNotANumber() {
    batch(new SGD(1).globalClipnorm(1), new float[] {3, 4}, Float.POSITIVE_INFINITY);
    assertTrue(Float.isNaN(a.value().get(0)));
    assertTrue(Float.isNaN(b.value().get(0)));
  }

  @Test
  void aZeroGradientStaysZero() {
    batch(new SGD(1).clipnorm(1), new float[2], 0);
    assertWeights(0, 0, 0);
  }

  @Test
  void aLargeGradientsNormHasTheSameBitsForAnyThreads() {
    float[] gradient = new float[100_003];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (i % 17 - 8) / 8f;
    }
    float[] expected = gradient.clone();
    GradientClipping clipping = new GradientClipping(GradientClipping.Rule.CLIPNORM, 2);
    clipping.clip(List.of(expected), ParallelLoop.serial());
    double squares = 0;
    for (float g : expected) {
      squares += (double) g * g;
    }
    assertEquals(2, Math.sqrt(squares), 1e-5);
    clipping.clip(List.of(gradient), ParallelLoop.of(3));
    assertTrue(Arrays.equals(expected, gradient));
  }

  @Test
  void accumulationStepsByTheMeanOfTheBatches() {
    SGD sgd = new SGD(1).gradientAccumulationSteps(2);
    batch(sgd, new float[] {3, 4}, 12);
    assertWeights(0, 0, 0);
    batch(sgd, new float[] {1, -4}, 2);
    assertWeights(-2, 0, -7);
    batch(sgd, new float[] {8, 8}, 8);
    assertWeights(-2, 0, -7);
    batch(sgd, new float[] {0, 0}, 0);
    assertWeights(-6, -4, -11);
  }

  @Test
  void weightsDecayOnceAStepAndTheirDecayIsNotClipped() {
    SGD sgd = new SGD(1).weightDecay(0.5).gradientAccumulationSteps(2).clipvalue(10);
    batch(sgd, new float[] {8, 40}, 12);
    assertWeights(0, 0, 0);
    batch(sgd, new float[] {8, 40}, 12);
    assertWeights(-8, -10, -10);
    batch(sgd, new float[] {0, 2}, -40);
    batch(sgd, new float[] {0, 2}, -40);
    assertWeights(-4, -7, 5);
  }

  @Test
  void theMeanIsClippedNotTheBatches() {
    SGD sgd = new SGD(1).gradientAccumulationSteps(2).clipvalue(5);
    batch(sgd, new float[] {3, 4}, 12);
    batch(sgd, new float[] {1, 20}, -12);
    assertWeights(-2, -5, 0);
  }

  /** Adam's first step is the rate against the gradient's sign, whatever came before it. */
  @Test
  void adamCountsStepsAndNotBatches() {
    Adam adam = new Adam(0.5).gradientAccumulationSteps(3);
    batch(adam, new float[] {3, 4}, 12);
    batch(adam, new float[] {3, 4}, 12);
    batch(adam, new float[] {3, -40}, 12);
    assertWeights(-0.5, 0.5, -0.5);
  }

  /** As {@code _get_current_learning_rate} in {@code keras/src/optimizers/base_optimizer.py}. */
  @Test
  void aScheduleCountsBatches() {
    SGD sgd = new SGD(1).learningRate(step -> step).gradientAccumulationSteps(2);
    batch(sgd, new float[] {1, 1}, 1);
    batch(sgd, new float[] {1, 1}, 1);
    assertWeights(-1, -1, -1);
    batch(sgd, new float[] {1, 1}, 1);
    batch(sgd, new float[] {1, 1}, 1);
    assertWeights(-4, -4, -4);
  }

  @Test
  void twoHalfBatchesTrainAsOneWholeBatch() {
    Model whole = Tasks.logistic();
    Model halves = Tasks.logistic();
    halves.parameters().get(0).assign(whole.parameters().get(0).value().toArray());
    ArrayDataset data = Tasks.halfPlanes(64, 3);
    FitOptions options = new FitOptions().epochs(3).shuffle(false);
    CompiledModel.compile(whole, new SGD(1), Loss.BINARY_CROSSENTROPY)
        .fit(data, options.batchSize(16));
    CompiledModel.compile(halves, new SGD(1).gradientAccumulationSteps(2), Loss.BINARY_CROSSENTROPY)
        .fit(data, options.batchSize(8));
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(
          whole.parameters().get(i).value().toArray(),
          halves.parameters().get(i).value().toArray(),
          1e-5f);
    }
  }

  @Test
  void fitClipsToo() {
    Model model = Tasks.logistic();
    float[] before = model.parameters().get(0).value().toArray();
    CompiledModel.compile(model, new SGD(1).globalClipnorm(0.001), Loss.BINARY_CROSSENTROPY)
        .fit(Tasks.halfPlanes(8, 3), new FitOptions().batchSize(8));
    float[] after = model.parameters().get(0).value().toArray();
    double bias = model.parameters().get(1).value().item();
    double moved = Math.hypot(Math.hypot(after[0] - before[0], after[1] - before[1]), bias);
    assertEquals(0.001, moved, 1e-6);
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    assertEquals(
        "clipnorm: expected more than 0, found -1.0",
        assertThrows(IllegalArgumentException.class, () -> new SGD(1).clipnorm(-1)).getMessage());
    assertEquals(
        "clipvalue: expected one of clipnorm, clipvalue and global_clipnorm, found two",
        assertThrows(IllegalStateException.class, () -> new SGD(1).clipnorm(1).clipvalue(1))
            .getMessage());
    assertEquals(
        "gradient_accumulation_steps: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> new SGD(1).gradientAccumulationSteps(0))
            .getMessage());
    SGD begun = new SGD(1);
    batch(begun, new float[2], 0);
    assertEquals(
        "gradient_accumulation_steps: expected before the first step, found 1",
        assertThrows(IllegalStateException.class, () -> begun.gradientAccumulationSteps(2))
            .getMessage());
  }
}
