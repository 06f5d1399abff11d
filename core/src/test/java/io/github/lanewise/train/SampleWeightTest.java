package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleWeightTest {

  private static final Dataset DATA =
      new ArrayDataset(
          Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 2, 0), Tensor.of(Shape.of(3, 1), 1, 0, 1));

  private final Model model = Tasks.logistic();
  private final CompiledModel compiled =
      CompiledModel.compile(model, new SGD(1), Loss.BINARY_CROSSENTROPY, new Accuracy());

  SampleWeightTest() {
    model.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
  }

  /** By hand: one step from weights of zero, where every p is 0.5. */
  @Test
  void theLossOfEachSampleIsMultipliedByItsWeight() {
    Dataset weighted = DATA.sampleWeight(new float[] {4, 0.5f, 2});
    assertEquals(6.5 / 3 * Math.log(2), compiled.evaluate(weighted, 2).get("loss"), 1e-6);
    History history = compiled.fit(weighted, new FitOptions());
    assertEquals(6.5 / 3 * Math.log(2), history.last("loss"), 1e-6);
    assertEquals(1 / 3.0, history.last("accuracy"), 1e-6);
    float[] expected = {(4 * 0.5f + 2 * 0.5f * 2) / 3, -0.5f * 0.5f / 3};
    assertArrayEquals(expected, Tasks.weights(model).get(0), 1e-6f);
    assertArrayEquals(new float[] {2.75f / 3}, Tasks.weights(model).get(1), 1e-6f);
  }

  @Test
  void weightsOfClassesMultiplyThem() {
    Dataset weighted = DATA.sampleWeight(new float[] {4, 0.5f, 2});
    FitOptions options = new FitOptions().classWeight(Map.of(1, 10.0));
    assertEquals(60.5 / 3 * Math.log(2), compiled.fit(weighted, options).last("loss"), 1e-5);
  }

  @Test
  void weightsGoWithTheirSamplesThroughViewsAndPastUnreadableOnes() {
    Dataset five = Numbered.upTo(5).unreadable(1).sampleWeight(new float[] {9, 8, 7, 6, 5});
    Dataset view = five.prefetch(3).skip(1).map(s -> s);
    try (Batches batches = Batches.inOrder(view, 4, 2)) {
      Batch batch = batches.next();
      assertArrayEquals(new float[] {2, 3, 4}, batch == null ? null : batch.x().toArray());
      Tensor weights = batch == null ? null : batch.weights();
      assertArrayEquals(new float[] {7, 6, 5}, weights == null ? null : weights.toArray());
    }
  }

  @Test
  void featuresKeepTheWeights() {
    Model net = Tasks.convNet();
    Tasks.freeze(net, "conv_a", "bn_a", "conv_b");
    Dataset shapes =
        new Numbered(Tasks.shapes(5, 1)).unreadable(2).sampleWeight(new float[] {1, 2, 3, 4, 1});
    CompiledModel head =
        CompiledModel.compile(net, new SGD(0.1), Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
    try (FeatureCache features =
        FrozenTrunk.of(net).features(shapes, 2, 1 << 20, Compute.threads(1), (d, t) -> {})) {
      assertEquals(2, features.weight(1));
      assertEquals(4, features.weight(2));
      assertEquals(head.evaluate(shapes, 5), head.evaluate(features, 5));
    }
  }

  @Test
  void otherThanOneWeightASampleIsRefused() {
    IllegalArgumentException number =
        assertThrows(IllegalArgumentException.class, () -> DATA.sampleWeight(new float[2]));
    assertEquals("sample_weight: expected 3 weights, found 2", number.getMessage());
    IllegalArgumentException value =
        assertThrows(
            IllegalArgumentException.class, () -> DATA.sampleWeight(new float[] {1, -1, 1}));
    assertEquals("sample_weight: expected weights of at least 0, found -1.0", value.getMessage());
  }
}
