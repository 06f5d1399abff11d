package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Schedules beside numbers that Python computed from the formulas of {@code
 * keras/src/optimizers/schedules/learning_rate_schedule.py} in double precision.
 */
class LearningRateScheduleTest {

  private static void assertRates(LearningRateSchedule schedule, int[] steps, double... rates) {
    double[] found = IntStream.of(steps).mapToDouble(schedule::rate).toArray();
    assertArrayEquals(rates, found, 1e-9);
  }

  @Test
  void cosineDecayFallsAlongHalfACosine() {
    assertRates(
        new CosineDecay(0.1, 8, 0.25),
        new int[] {0, 1, 4, 7, 8, 20},
        0.1,
        0.09714548247,
        0.0625,
        0.02785451753,
        0.025,
        0.025);
    assertRates(new CosineDecay(0.1, 8), new int[] {0, 4, 8, 9}, 0.1, 0.05, 0, 0);
  }

  @Test
  void cosineDecayStartsFromItsTargetAfterTheWarmUp() {
    assertRates(
        new CosineDecay(0.01, 8, 0.25, 0.1, 4),
        new int[] {0, 1, 2, 3, 4, 5, 8, 12, 30},
        0.01,
        0.0325,
        0.055,
        0.0775,
        0.1,
        0.09714548247,
        0.0625,
        0.025,
        0.025);
  }

  @Test
  void exponentialDecayFallsAtEveryStepOrByStairs() {
    int[] steps = {0, 1, 4, 6};
    assertRates(new ExponentialDecay(0.1, 4, 0.5), steps, 0.1, 0.08408964153, 0.05, 0.03535533906);
    assertRates(new ExponentialDecay(0.1, 4, 0.5, true), steps, 0.1, 0.1, 0.05, 0.05);
  }

  @Test
  void aBoundaryIsTheLastStepOfItsStretch() {
    assertRates(
        new PiecewiseConstantDecay(new int[] {2, 5}, new double[] {1, 0.5, 0.1}),
        new int[] {0, 2, 3, 5, 6, 100},
        1,
        1,
        0.5,
        0.5,
        0.1,
        0.1);
  }

  @Test
  void argumentsThatMakeNoScheduleAreRefused() {
    assertRefused("decay_steps: expected at least 1, found 0", () -> new CosineDecay(0.1, 0));
    assertRefused(
        "warmup_steps: expected at least 0, found -1", () -> new CosineDecay(0.1, 1, 0, 1, -1));
    assertRefused(
        "decay_steps: expected at least 1, found -3", () -> new ExponentialDecay(0.1, -3, 0.5));
    assertRefused(
        "values: expected one more than the 1 boundaries, found 1",
        () -> new PiecewiseConstantDecay(new int[] {2}, new double[] {1}));
    assertRefused(
        "boundaries: expected increasing steps, found 2 after 2",
        () -> new PiecewiseConstantDecay(new int[] {2, 2}, new double[] {1, 2, 3}));
  }

  private static void assertRefused(String message, Supplier<LearningRateSchedule> schedule) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, schedule::get).getMessage());
  }

  /** A weight w, from 0, and x = y = 1: {@code w += 2 lr (1 - w)} at every step. */
  @Test
  void fitTakesTheRateOfEveryBatchFromTheSchedule() {
    Model model = scalar();
    SGD sgd =
        new SGD(1)
            .learningRate(
                new PiecewiseConstantDecay(new int[] {0, 1}, new double[] {0.25, 0.125, 0}));
    List<Float> rates = new ArrayList<>();
    Callback callback =
        new Callback() {
          @Override
          public void onBatchEnd(
              CompiledModel trained, int batch, int batches, Map<String, Double> logs) {
            rates.add(trained.optimizer().learningRate());
          }
        };
    ArrayDataset ones =
        new ArrayDataset(Tensor.full(Shape.of(4, 1), 1), Tensor.full(Shape.of(4, 1), 1));
    CompiledModel.compile(model, sgd, Loss.MEAN_SQUARED_ERROR)
        .fit(ones, new FitOptions().batchSize(1).callbacks(callback));
    assertEquals(0.625f, model.parameters().get(0).value().item());
    assertEquals(List.of(0.125f, 0f, 0f, 0f), rates);
  }

  @Test
  void aRateThatAScheduleSetsCannotBeSetByHand() {
    SGD sgd = new SGD(1).learningRate(new ExponentialDecay(0.5, 1, 0.5));
    assertEquals(0.5f, sgd.learningRate());
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> sgd.setLearningRate(0.1f));
    assertEquals(
        "learning_rate: expected an optimizer with a fixed rate, found one with a schedule",
        refused.getMessage());
  }

  private static Model scalar() {
    Node input = Input.of(1);
    Model model =
        new Model(
            input, new Dense(1).activation(Activation.LINEAR).useBias(false).name("d").on(input));
    model.parameters().get(0).assign(0);
    return model;
  }
}
