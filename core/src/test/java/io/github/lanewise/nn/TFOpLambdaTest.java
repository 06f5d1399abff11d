package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TFOpLambdaTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2, 2), 1, 2, -4, 8);

  @Test
  void numbersStandOnTheirSideOfTheFunction() {
    assertValues(layer("math.add").y(3), 4, 5, -1, 11);
    assertValues(layer("__operators__.add").x(3), 4, 5, -1, 11);
    assertValues(layer("math.subtract").y(3), -2, -1, -7, 5);
    assertValues(layer("math.subtract").x(3), 2, 1, 7, -5);
    assertValues(layer("math.multiply").x(3), 3, 6, -12, 24);
    assertValues(layer("math.truediv").y(4), 0.25f, 0.5f, -1, 2);
    assertValues(layer("math.divide").x(4), 4, 2, -1, 0.5f);
    assertValues(layer("math.maximum").y(1.5), 1.5f, 2, 1.5f, 8);
    assertValues(layer("math.minimum").x(1.5), 1, 1.5f, -4, 1.5f);
    assertValues(layer("math.negative"), -1, -2, 4, -8);
  }

  @Test
  void constantsOfFewerDimensionsStretchFromTheLast() {
    Tensor pair = Tensor.of(Shape.of(2), 10, 100);
    assertValues(layer("math.add").y(pair), 11, 102, 6, 108);
    assertValues(layer("math.subtract").x(pair), 9, 98, 14, 92);
    assertValues(layer("math.truediv").x(pair), 10, 50, -2.5f, 12.5f);
    assertValues(layer("math.truediv").y(pair), 0.1f, 0.02f, -0.4f, 0.08f);
    Tensor column = Tensor.of(Shape.of(1, 2, 1), 10, 100);
    assertValues(layer("math.multiply").y(column), 10, 20, -400, 800);
  }

  @Test
  void twoTensorsAreTakenInTheirOrder() {
    Node a = Input.of(2, 2);
    Node b = Input.of(2, 2);
    Model model = new Model("m", List.of(a, b), List.of(layer("math.truediv").on(a, b)));
    Tensor y = Tensor.of(Shape.of(1, 2, 2), 2, 4, 8, 16);
    assertArrayEquals(new float[] {0.5f, 0.5f, -0.5f, 0.5f}, model.forward(X, y).toArray());
    assertEquals("tf.math.truediv", model.output().layer().name());
  }

  @Test
  void whatIsNotKnownOrDoesNotFitIsNamed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> layer("image.resize"));
    assertTrue(
        String.valueOf(e.getMessage()).matches("function: expected one of .*'image.resize'"),
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> layer("math.add").x(1).y(2));
    assertThrows(IllegalArgumentException.class, () -> layer("math.negative").x(1));
    ShapeException one =
        assertThrows(ShapeException.class, () -> layer("math.add").on(Input.of(2)));
    assertEquals("Layer 'TFOpLambda': math.add: expected 2 inputs, found 1", one.getMessage());
    assertThrows(
        ShapeException.class, () -> layer("math.add").y(Tensor.zeros(2, 3)).on(Input.of(3)));
    ConfigException ragged =
        assertThrows(
            ConfigException.class,
            () ->
                LayerTypes.standard()
                    .create(
                        LayerConfig.of(
                            "TFOpLambda",
                            Map.of(
                                "name",
                                "n",
                                "function",
                                "math.add",
                                "y",
                                List.of(List.of(1, 2), List.of(1))))));
    assertEquals(
        "Layer 'n' (TFOpLambda): y: expected a number or lists of numbers of one length, found"
            + " [[1, 2], [1]]",
        ragged.getMessage());
  }

  private static TFOpLambda layer(String function) {
    return new TFOpLambda(function);
  }

  private static void assertValues(TFOpLambda layer, float... expected) {
    Node x = Input.of(2, 2);
    Model model = new Model(x, layer.on(x));
    assertArrayEquals(expected, model.forward(X).toArray(), 1e-6f);
    Tensor planned = InferencePlan.compile(model).session(1).predict(X);
    assertArrayEquals(expected, planned.toArray(), 1e-6f);
  }
}
