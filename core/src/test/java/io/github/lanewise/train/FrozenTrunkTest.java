package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenTrunkTest {

  private static List<String> boundary(Model model) {
    return FrozenTrunk.of(model).boundary().stream().map(n -> n.layer().name()).toList();
  }

  @Test
  void frozenConvolutionsAndWhatHasNothingToLearnAreTheTrunk() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
    assertEquals(List.of("flatten"), boundary(model));
    FrozenTrunk trunk = FrozenTrunk.of(model);
    assertFalse(trunk.trivial());
    assertEquals(3 * 3 * 8, trunk.rowSize());
  }

  @Test
  void aTrainableLayerBelowAFrozenOneEndsTheTrunk() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "bn_a", "conv_b");
    assertTrue(FrozenTrunk.of(model).trivial());
  }

  @Test
  void aTrainableBatchNormalizationStaysOut() {
    Model model = Tasks.convNet();
    Tasks.freeze(model, "conv_a", "conv_b");
    assertEquals(List.of("conv_a"), boundary(model));
  }

  @Test
  void aBatchNormalizationWithMovingAveragesAloneStaysOut() {
    Node input = Input.of(4, 4, 1);
    Node x = new Conv2D(2, 3).name("conv").on(input);
    x = new BatchNormalization().scale(false).center(false).name("bn").on(x);
    Model model = new Model(input, new Dense(1).on(new Flatten().on(x)));
    Tasks.freeze(model, "conv");
    assertEquals(List.of("conv"), boundary(model));
    Tasks.freeze(model, "bn");
    assertEquals(List.of("flatten"), boundary(model));
  }

  @Test
  void dropoutStaysOut() {
    Node input = Input.of(4);
    Node x = new Dense(3).name("frozen").on(input);
    x = new Dropout(0.5).on(x);
    Model model = new Model(input, new Dense(1).on(x));
    Tasks.freeze(model, "frozen");
    assertEquals(List.of("frozen"), boundary(model));
  }

  @Test
  void dropoutOfNothingDoesNotEndTheTrunk() {
    Node input = Input.of(4);
    Node x = new Dropout(0).on(new Dense(3).name("frozen").on(input));
    Model model = new Model(input, new Dense(1).on(x));
    Tasks.freeze(model, "frozen");
    assertEquals(List.of("dropout"), boundary(model));
  }

  @Test
  void whereNothingIsFrozenTheInputIsTheBoundary() {
    Model model = Tasks.convNet();
    FrozenTrunk trunk = FrozenTrunk.of(model);
    assertTrue(trunk.trivial());
    assertEquals(model.inputs(), trunk.boundary());
  }

  @Test
  void whereAllIsFrozenTheOutputIsTheBoundary() {
    Model model = Tasks.convNet();
    model.setTrainable(false);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    assertFalse(trunk.trivial());
    assertEquals(model.outputs(), trunk.boundary());
  }

  @Test
  void theBoundaryMayHaveSeveralNodes() {
    Model model = branches();
    assertEquals(List.of("left", "right"), boundary(model).stream().sorted().toList());
    assertEquals(10 * 10 * (2 + 3), FrozenTrunk.of(model).rowSize());
  }

  /** Frozen convolutions left and right; left goes on to a trainable one, both are joined. */
  static Model branches() {
    Node input = Input.of(Tasks.SIDE, Tasks.SIDE, 1);
    Node left = new Conv2D(2, 3).activation(Activation.RELU).name("left").on(input);
    Node right = new Conv2D(3, 3).activation(Activation.RELU).name("right").on(input);
    Node joined = new Concatenate().on(left, right, new Conv2D(2, 1).name("learns").on(left));
    Node y = new Dense(1).activation(Activation.SIGMOID).on(new Flatten().on(joined));
    Model model = new Model(input, y);
    Tasks.freeze(model, "left", "right");
    return model;
  }

  @Test
  void theTrunkFollowsTheLayersAsTheyAre() {
    Model model = Tasks.convNet();
    model.setTrainable(false);
    model.layer("head").layer().setTrainable(true);
    assertEquals(List.of("flatten"), boundary(model));
    model.layer("conv_b").layer().setTrainable(true);
    assertEquals(List.of("max_pooling2d"), boundary(model));
  }
}
