package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {

  private static final Shape SHAPE = Shape.of(3, 3, 64, 128);
  private static final int FAN_IN = 3 * 3 * 64;
  private static final int FAN_OUT = 3 * 3 * 128;

  /** An initializer, its distribution's standard deviation and its largest value. */
  record Expected(Initializer initializer, double deviation, double limit) {
    float[] draw() {
      return initializer.create(SHAPE, FAN_IN, FAN_OUT).data();
    }
  }

  static List<Expected> distributions() {
    double glorot = Math.sqrt(6.0 / (FAN_IN + FAN_OUT));
    double he = Math.sqrt(6.0 / FAN_IN);
    double normal = Math.sqrt(2.0 / FAN_IN);
    // Cutting a normal distribution at two deviations leaves 0.87962566 of its deviation.
    return List.of(
        new Expected(new GlorotUniform(1), glorot / Math.sqrt(3), glorot),
        new Expected(new HeUniform(1), he / Math.sqrt(3), he),
        new Expected(new HeNormal(1), normal, 2 * normal / 0.87962566));
  }

  /** 73,728 numbers: mean and deviation are within five standard errors of the distribution's. */
  @ParameterizedTest
  @MethodSource("distributions")
  void numbersHaveTheDistributionsMeanDeviationAndLimits(Expected expected) {
    float[] values = expected.draw();
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    double error = expected.deviation() / Math.sqrt(values.length);
    assertEquals(0, sum / values.length, 5 * error);
    assertEquals(expected.deviation(), Math.sqrt(squares / values.length), 5 * error);
    assertTrue(largest <= (float) expected.limit(), largest + " > " + expected.limit());
    assertTrue(largest > 0.99 * expected.limit(), largest + " < " + expected.limit());
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void aSeedGivesTheSameBitsEachTime(Expected expected) {
    assertArrayEquals(expected.draw(), expected.draw());
  }

  @Test
  void otherSeedsAndOtherShapesGiveOtherNumbers() {
    float[] one = new GlorotUniform(1).create(Shape.of(4, 6), 5, 5).data();
    float[] two = new GlorotUniform(2).create(Shape.of(4, 6), 5, 5).data();
    float[] turned = new GlorotUniform(1).create(Shape.of(6, 4), 5, 5).data();
    assertFalse(Arrays.equals(one, two));
    assertFalse(Arrays.equals(one, turned));
  }

  @Test
  void constantsAreThat() {
    assertEquals(0, new Zeros().create(Shape.of(2), 1, 1).get(1));
    assertEquals(1, new Ones().create(Shape.of(2), 1, 1).get(1));
    assertEquals(0.25f, new Constant(0.25).create(Shape.of(2), 1, 1).get(1));
  }

  @Test
  void aKernelIsInitializedByItsFansAndABiasIsZero() {
    Dense dense = new Dense(50).kernelInitializer(new GlorotUniform(3));
    dense.on(Input.of(100));
    Tensor kernel = dense.parameters().get(0).value();
    assertArrayEquals(
        new GlorotUniform(3).create(Shape.of(100, 50), 100, 50).data(), kernel.data());
    assertArrayEquals(new float[50], dense.parameters().get(1).value().data());
    Conv2D conv = new Conv2D(8, 3, 5).groups(2).kernelInitializer(new HeNormal(7));
    conv.on(Input.of(9, 9, 4));
    assertArrayEquals(
        new HeNormal(7).create(Shape.of(3, 5, 2, 8), 30, 120).data(),
        conv.parameters().get(0).value().data());
  }

  @Test
  void layersOfOneGraphStartDifferentlyAndTheSameGraphTheSame() {
    float[][] first = kernelsOfTwins();
    float[][] second = kernelsOfTwins();
    for (int i = 0; i < first.length; i++) {
      assertArrayEquals(first[i], second[i]);
      for (int j = 0; j < i; j++) {
        assertFalse(Arrays.equals(first[i], first[j]), i + " and " + j);
      }
    }
  }

  /** Two branches of two layers each, all of one shape. */
  private static float[][] kernelsOfTwins() {
    Node input = Input.of(3);
    Dense[] layers = {new Dense(3), new Dense(3), new Dense(3), new Dense(3)};
    layers[1].on(layers[0].on(input));
    layers[3].on(layers[2].on(input));
    return Arrays.stream(layers)
        .map(l -> l.parameters().get(0).value().data())
        .toArray(float[][]::new);
  }
}
