package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that act differently in training. */
class TrainingModeTest {

  private final Tensor x = Tensor.full(Shape.of(8, 50), 1);

  @Test
  void dropoutDrawsAnewInEachPassOfTraining() {
    Dropout layer = new Dropout(0.5).seed(1);
    float[] first = forward(layer, true);
    float[] second = forward(layer, true);
    assertFalse(Arrays.equals(first, second));
    Dropout same = new Dropout(0.5).seed(1);
    assertArrayEquals(first, forward(same, true));
    assertArrayEquals(second, forward(same, true));
    assertFalse(Arrays.equals(first, forward(new Dropout(0.5).seed(2), true)));
  }

  @Test
  void dropoutDoesNothingInInferenceAndThatTakesNoNumbers() {
    Dropout layer = new Dropout(0.5).seed(1);
    assertArrayEquals(x.data(), forward(layer, false));
    assertArrayEquals(forward(new Dropout(0.5).seed(1), true), forward(layer, true));
    assertTrue(layer.stochastic());
    assertFalse(new Dropout(0).stochastic());
  }

  static List<Function<Long, Layer>> random() {
    return List.of(
        seed -> new SpatialDropout2D(0.5).seed(seed),
        seed -> new GaussianDropout(0.5).seed(seed),
        seed -> new GaussianNoise(0.5).seed(seed));
  }

  @ParameterizedTest
  @MethodSource("random")
  void noiseIsDrawnAnewInEachPassOfTrainingAndThereIsNoneInInference(Function<Long, Layer> of) {
    Tensor pixels = x.reshape(Shape.of(4, 2, 2, 25));
    Layer layer = of.apply(1L);
    assertTrue(layer.stochastic());
    assertArrayEquals(x.data(), forward(layer, pixels, false));
    float[] first = forward(layer, pixels, true);
    float[] second = forward(layer, pixels, true);
    assertFalse(Arrays.equals(x.data(), first));
    assertFalse(Arrays.equals(first, second));
    Layer same = of.apply(1L);
    assertArrayEquals(first, forward(same, pixels, true));
    assertArrayEquals(second, forward(same, pixels, true));
    assertFalse(Arrays.equals(first, forward(of.apply(2L), pixels, true)));
  }

  @Test
  void batchNormalizationMovesItsAveragesInTrainingOnly() {
    BatchNormalization layer = new BatchNormalization().momentum(0.75).epsilon(0.5);
    forward(layer, false);
    assertAverages(layer, 0, 1);
    forward(layer, true);
    assertAverages(layer, 0.25f, 0.75f);
    layer.setTrainable(false);
    forward(layer, true);
    assertAverages(layer, 0.25f, 0.75f);
  }

  private static void assertAverages(Layer layer, float mean, float variance) {
    List<Parameter> parameters = layer.parameters();
    assertEquals(mean, parameters.get(2).value().get(0), 1e-6f);
    assertEquals(variance, parameters.get(3).value().get(0), 1e-6f);
  }

  private float[] forward(Layer layer, boolean training) {
    return forward(layer, x, training);
  }

  private static float[] forward(Layer layer, Tensor x, boolean training) {
    Tape tape = new Tape(Compute.threads(1));
    return layer.forward(tape, List.of(x), training).toArray();
  }
}
