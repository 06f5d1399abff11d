package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Optimizers against their formulas in double, on the gradients of a mean squared error. */
@Tag("every-width")
class OptimizersTest {

  private static final int N = 37;
  private static final int STEPS = 6;
  private static final Compute COMPUTE = Compute.threads(1);

  /** A formula: changes weight i against its gradient, at a step counted from 1. */
  private interface Rule {
    void update(double[] weights, int i, double gradient, int step);
  }

  private final float[] start = new float[N];
  private final Tensor target = Tensor.zeros(N);

  OptimizersTest() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < N; i++) {
      start[i] = (float) random.nextDouble(-1, 1);
      target.data()[i] = (float) random.nextDouble(-20, 20);
    }
  }

  private void step(Optimizer optimizer, Parameter parameter) {
    Tape tape = new Tape(COMPUTE);
    tape.watch(parameter.value());
    Tensor loss = tape.apply(new MeanSquaredError(), parameter.value(), target);
    optimizer.step(COMPUTE, List.of(parameter), tape.gradients(loss));
  }

  private Parameter parameter() {
    return new Parameter("w", Tensor.of(Shape.of(N), start.clone()), true);
  }

  private void assertFollows(Optimizer optimizer, Rule rule) {
    Parameter parameter = parameter();
    double[] expected = new double[N];
    for (int i = 0; i < N; i++) {
      expected[i] = start[i];
    }
    for (int step = 1; step <= STEPS; step++) {
      step(optimizer, parameter);
      for (int i = 0; i < N; i++) {
        rule.update(expected, i, 2.0 / N * (expected[i] - target.data()[i]), step);
      }
      for (int i = 0; i < N; i++) {
        assertEquals(expected[i], parameter.value().data()[i], 2e-5, "weight " + i + ", " + step);
      }
    }
  }

  @Test
  void sgdGoesAgainstTheGradient() {
    assertFollows(new SGD(0.5), (w, i, g, step) -> w[i] -= 0.5 * g);
  }

  @Test
  void sgdWithMomentumKeepsAVelocity() {
    double[] velocity = new double[N];
    assertFollows(
        new SGD(0.3, 0.9, false),
        (w, i, g, step) -> {
          velocity[i] = 0.9 * velocity[i] - 0.3 * g;
          w[i] += velocity[i];
        });
  }

  @Test
  void sgdByNesterovLooksAhead() {
    double[] velocity = new double[N];
    assertFollows(
        new SGD(0.3, 0.9, true),
        (w, i, g, step) -> {
          velocity[i] = 0.9 * velocity[i] - 0.3 * g;
          w[i] += 0.9 * velocity[i] - 0.3 * g;
        });
  }

  @Test
  void rmspropDividesByTheRootOfTheMeanSquare() {
    double[] squares = new double[N];
    assertFollows(
        new RMSprop(0.05),
        (w, i, g, step) -> {
          squares[i] = 0.9 * squares[i] + 0.1 * g * g;
          w[i] -= 0.05 * g / Math.sqrt(squares[i] + 1e-7);
        });
  }

  @Test
  void rmspropTakesItsRhoAndEpsilon() {
    double[] squares = new double[N];
    assertFollows(
        new RMSprop(0.05, 0.5, 0.1),
        (w, i, g, step) -> {
          squares[i] = 0.5 * squares[i] + 0.5 * g * g;
          w[i] -= 0.05 * g / Math.sqrt(squares[i] + 0.1);
        });
  }

  @Test
  void adamCorrectsTheBiasOfBothMoments() {
    double[] m = new double[N];
    double[] v = new double[N];
    assertFollows(
        new Adam(0.05),
        (w, i, g, step) -> {
          m[i] += 0.1 * (g - m[i]);
          v[i] += 0.001 * (g * g - v[i]);
          double rate = 0.05 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
          w[i] -= rate * m[i] / (Math.sqrt(v[i]) + 1e-7);
        });
  }

  @Test
  void adamwDecaysWeightsBeforeAdamsStep() {
    double[] m = new double[N];
    double[] v = new double[N];
    assertFollows(
        new AdamW(0.05, 0.3),
        (w, i, g, step) -> {
          w[i] -= 0.05 * 0.3 * w[i];
          m[i] += 0.1 * (g - m[i]);
          v[i] += 0.001 * (g * g - v[i]);
          double rate = 0.05 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
          w[i] -= rate * m[i] / (Math.sqrt(v[i]) + 1e-7);
        });
  }

  @Test
  void everyOptimizerDecaysWeightsBeforeItsStep() {
    assertFollows(
        new SGD(0.5).weightDecay(0.2),
        (w, i, g, step) -> {
          w[i] -= 0.5 * 0.2 * w[i];
          w[i] -= 0.5 * g;
        });
    double[] squares = new double[N];
    assertFollows(
        new RMSprop(0.05).weightDecay(0.3),
        (w, i, g, step) -> {
          w[i] -= 0.05 * 0.3 * w[i];
          squares[i] = 0.9 * squares[i] + 0.1 * g * g;
          w[i] -= 0.05 * g / Math.sqrt(squares[i] + 1e-7);
        });
  }

  @Test
  void adamThatDecaysIsAdamwBitForBit() {
    Parameter adam = parameter();
    Parameter adamw = parameter();
    Adam one = new Adam(0.05).weightDecay(0.3);
    AdamW other = new AdamW(0.05, 0.3);
    for (int step = 0; step < STEPS; step++) {
      step(one, adam);
      step(other, adamw);
    }
    assertArrayEquals(adam.value().toArray(), adamw.value().toArray());
  }

  @Test
  void adamwWithoutDecayIsAdam() {
    Parameter adam = parameter();
    Parameter adamw = parameter();
    Adam one = new Adam(0.05);
    AdamW other = new AdamW(0.05, 0);
    for (int step = 0; step < STEPS; step++) {
      step(one, adam);
      step(other, adamw);
    }
    assertArrayEquals(adam.value().toArray(), adamw.value().toArray());
  }

  @Test
  void aChangedLearningRateCountsFromTheNextStepOn() {
    for (Optimizer optimizer :
        List.of(new SGD(0.5), new RMSprop(0.5), new Adam(0.5), new AdamW(0.5))) {
      assertEquals(0.5f, optimizer.learningRate());
      Parameter parameter = parameter();
      step(optimizer, parameter);
      float[] before = parameter.value().toArray();
      optimizer.setLearningRate(0);
      assertEquals(0, optimizer.learningRate());
      step(optimizer, parameter);
      assertArrayEquals(before, parameter.value().toArray());
    }
  }

  @Test
  void optimizersHaveKerassNames() {
    assertEquals("SGD", new SGD(0.5).name());
    assertEquals("rmsprop", new RMSprop(0.5).name());
    assertEquals("adam", new Adam(0.5).name());
    assertEquals("adamw", new AdamW(0.5).name());
  }

  @Test
  void aHalvedLearningRateHalvesTheStep() {
    SGD optimizer = new SGD(0.5);
    Parameter whole = parameter();
    step(optimizer, whole);
    optimizer.setLearningRate(0.25f);
    Parameter half = parameter();
    step(optimizer, half);
    for (int i = 0; i < N; i++) {
      double expected = (whole.value().data()[i] - start[i]) / 2.0;
      assertEquals(expected, half.value().data()[i] - start[i], 1e-6);
    }
  }

  @Test
  void aWeightWithoutAGradientStaysAsItIs() {
    Parameter used = parameter();
    Parameter unused = parameter();
    Tape tape = new Tape(COMPUTE);
    tape.watch(used.value());
    tape.watch(unused.value());
    Tensor loss = tape.apply(new MeanSquaredError(), used.value(), target);
    Gradients gradients = tape.gradients(loss);
    new SGD(0.5, 0.9, true).step(COMPUTE, List.of(used, unused), gradients);
    assertArrayEquals(start, unused.value().toArray());
  }

  @Test
  void eachWeightHasMomentsOfItsOwn() {
    Adam optimizer = new Adam(0.05);
    Parameter one = parameter();
    Parameter other = parameter();
    Tape tape = new Tape(COMPUTE);
    tape.watch(one.value());
    tape.watch(other.value());
    Tensor sum =
        tape.apply(
            new io.github.lanewise.op.Add(),
            tape.apply(new MeanSquaredError(), one.value(), target),
            tape.apply(new MeanSquaredError(), other.value(), target));
    optimizer.step(COMPUTE, List.of(one, other), tape.gradients(sum));
    assertArrayEquals(one.value().toArray(), other.value().toArray());
  }
}
