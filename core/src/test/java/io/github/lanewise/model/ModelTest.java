package io.github.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {

  @Test
  void layersWithoutANameAreNumberedWithinTheirModel() {
    for (int i = 0; i < 2; i++) {
      Node input = Input.of(8, 8, 3);
      Node x = new Conv2D(2, 3, 3).on(input);
      x = new Conv2D(2, 3, 3).on(x);
      Node y = new MaxPooling2D(2).on(x);
      assertEquals(
          List.of("input_1", "conv2d", "conv2d_1", "max_pooling2d"),
          new Model(input, y).layers().stream().map(Layer::name).toList());
    }
  }

  @Test
  void aMissedNameListsTheNearOnes() {
    Node input = Input.of(4);
    Model model = new Model(input, new Dense(2).name("logits").on(input));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> model.layer("logit"));
    assertTrue(e.getMessage().contains("no layer 'logit'; near: [logits"), e.getMessage());
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    Node input = Input.of(4);
    Node x = new Dense(2).name("d").on(new Dense(2).name("d").on(input));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Model(input, x));
    assertEquals("Model: two layers are named 'd'", e.getMessage());
  }

  @Test
  void whatIsNotConnectedIsRefused() {
    Node one = Input.named("one", 4);
    Node other = Input.named("other", 4);
    Node x = new Dense(2).on(one);
    String missing =
        assertThrows(IllegalArgumentException.class, () -> new Model(other, x)).getMessage();
    assertTrue(missing.contains("'one'"), missing);
    String unused =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Model("m", List.of(one, other), List.of(x)))
            .getMessage();
    assertTrue(unused.contains("'other'"), unused);
  }

  @Test
  void aModelCutAtALayerSharesItsWeights() {
    Node input = Input.of(4);
    Node hidden = new Dense(3).name("hidden").on(input);
    Model whole = new Model(input, new Dense(2).on(hidden));
    Model cut = new Model(whole.input(), whole.layer("hidden").output());
    cut.layer("hidden").layer().parameters().get(0).value().data()[0] = 42;
    assertEquals(42, whole.layer("hidden").layer().parameters().get(0).value().data()[0]);
  }

  /** As {@code map_graph} of Keras 3 orders them, by the deepest call of each layer. */
  @Test
  void aLayerThatIsCalledAtTwoDepthsLiesAtTheDeeperOneAndWhatItsCallsNeedBelow() {
    Node a = Input.named("a", 4);
    Node b = Input.named("b", 4);
    Dense shared = new Dense(4).name("shared");
    Node deep = new Dense(4).name("after").on(new Dense(4).name("middle").on(shared.on(a)));
    Node shallow = shared.on(new Dense(4).name("before").on(b));
    Model model = new Model("m", List.of(a, b), List.of(new Add().name("add").on(shallow, deep)));
    assertEquals(
        List.of("b", "before", "a", "shared", "middle", "after", "add"),
        model.layers().stream().map(Layer::name).toList());
  }

  @Test
  void layersAreListedInTheOrderThatIsGivenThoseThatItLacksFirst() {
    Node x = Input.named("x", 4);
    Node y = new Dense(4).name("second").on(new Dense(4).name("first").on(x));
    Model model = new Model("m", List.of(x), List.of(y), List.of("second", "none", "first"));
    assertEquals(
        List.of("x", "second", "first"), model.layers().stream().map(Layer::name).toList());
  }

  @Test
  void aLayerCalledTwiceHasOneSetOfWeightsAndTwoNodes() {
    Node input = Input.of(4);
    Dense shared = new Dense(4);
    Node x = shared.on(shared.on(input));
    Model model = new Model(input, new Add().on(x, input));
    assertEquals(2, model.parameters().size());
    assertThrows(IllegalStateException.class, () -> model.layer("dense").output());
    assertEquals(2, model.layer("dense").nodes().size());
  }

  @Test
  void anInputOfAnotherShapeIsRefusedByName() {
    Node input = Input.of(4);
    Model model = new Model(input, new Dense(2).on(input));
    ShapeException e =
        assertThrows(ShapeException.class, () -> model.forward(Tensor.zeros(Shape.of(1, 5))));
    assertEquals(
        "Model 'model', input 'input_1': expected (None, 4), found (1, 5)", e.getMessage());
  }
}
