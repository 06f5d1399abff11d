package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NormalizationTest {

  @Test
  void itsWeightsAreKerassAndNoneIsLearned() {
    Normalization layer = new Normalization();
    layer.build(List.of(Shape.of(Shape.UNKNOWN, 4, 4, 3)));
    assertEquals(
        List.of("mean(3,)", "variance(3,)", "count()"),
        layer.parameters().stream().map(Parameter::toString).toList());
    assertTrue(layer.trainableParameters().isEmpty());
  }

  @Test
  void adaptingFindsTheMeanAndVarianceOfEachChannelOverAllBatches() {
    Normalization layer = new Normalization();
    layer.adapt(
        List.of(
            Tensor.of(Shape.of(2, 2), 1, 10, 2, 10),
            Tensor.of(Shape.of(1, 1, 2, 2), 3, 10, 6, 50)));
    assertArrayEquals(new float[] {3, 20}, layer.parameters().get(0).value().toArray());
    assertArrayEquals(new float[] {3.5f, 300}, layer.parameters().get(1).value().toArray());
    assertEquals(4, layer.parameters().get(2).value().get());
    float deviation = (float) Math.sqrt(3.5);
    assertArrayEquals(
        new float[] {1 / deviation, 0}, forward(layer, Tensor.of(Shape.of(1, 2), 4, 20)), 1e-6f);
  }

  @Test
  void adaptingNeedsValuesOfTheSameChannelsAndStatisticsThatAreWeights() {
    Normalization layer = new Normalization();
    assertThrows(IllegalArgumentException.class, () -> layer.adapt(List.of()));
    layer.adapt(List.of(Tensor.zeros(2, 3)));
    assertThrows(ShapeException.class, () -> layer.adapt(List.of(Tensor.zeros(3, 2))));
    Normalization given = new Normalization(new double[] {1}, new double[] {4});
    assertThrows(IllegalStateException.class, () -> given.adapt(List.of(Tensor.zeros(3, 2))));
  }

  @Test
  void statisticsThatAreArgumentsAreNoWeights() {
    Normalization layer = new Normalization(new double[] {1}, new double[] {4, 9});
    assertArrayEquals(new float[] {1, 2}, forward(layer, Tensor.of(Shape.of(1, 2), 3, 7)), 1e-6f);
    assertTrue(layer.parameters().isEmpty());
  }

  @Test
  void aChannelThatNeverVariesIsDividedByKerassEpsilon() {
    Normalization layer = new Normalization(new double[] {0}, new double[] {0});
    assertArrayEquals(new float[] {2e7f}, forward(layer, Tensor.of(Shape.of(1, 1), 2)), 1);
  }

  @Test
  void oneMeanForAllAxesAndTheInverseAreRefused() {
    assertRefused("axis", null);
    assertRefused("invert", true);
    LayerConfig other = LayerConfig.of("Normalization", Map.of("axis", List.of(1)));
    Layer layer = LayerTypes.standard().create(other);
    assertThrows(
        ShapeException.class, () -> layer.build(List.of(Shape.of(Shape.UNKNOWN, 4, 4, 3))));
  }

  @Test
  void eachChannelIsRescaledByItsOwnNumbers() {
    Rescaling layer = new Rescaling(new double[] {2, 3}, new double[] {1, -1});
    assertArrayEquals(
        new float[] {11, 17, 1, -1}, forward(layer, Tensor.of(Shape.of(2, 2), 5, 6, 0, 0)));
    assertTrue(layer.parameters().isEmpty());
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> new Rescaling(new double[] {2, 3}, new double[] {0}).on(Input.of(4, 3)));
    assertTrue(e.getMessage().contains("expected a last dimension of 2"), e.getMessage());
  }

  private static void assertRefused(String argument, @Nullable Object value) {
    LayerConfig config =
        LayerConfig.of("Normalization", LayerConfig.arguments("name", "n", argument, value));
    ConfigException e =
        assertThrows(ConfigException.class, () -> LayerTypes.standard().create(config));
    assertTrue(e.getMessage().startsWith("Layer 'n' (Normalization): " + argument), e.getMessage());
  }

  private static float[] forward(Layer layer, Tensor x) {
    return layer.forward(new Tape(Compute.threads(1)), List.of(x), false).toArray();
  }
}
