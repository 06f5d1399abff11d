package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PredictTest {

  private static final int N = 11;

  private final Model model = Tasks.convNet();
  private final CompiledModel compiled =
      CompiledModel.compile(model, new SGD(0.1), Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
  private final ArrayDataset data = Tasks.shapes(N, 3);

  private static Tensor inputs(Dataset of) {
    Tensor x = Tensor.zeros(of.sampleShape().prepend(of.size()));
    for (int i = 0; i < of.size(); i++) {
      of.read(i, x.data(), i * of.sampleShape().size(), new float[1], 0);
    }
    return x;
  }

  @Test
  void aDatasetIsPredictedAsItsSamplesAre() {
    Tensor expected = compiled.predict(inputs(data), 4);
    assertEquals(Shape.of(N, 2), expected.shape());
    Tensor found = compiled.predict(data, 4);
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray(), 1e-5f);
    Tasks.freeze(model, "conv_a", "bn_a");
    assertArrayEquals(expected.toArray(), compiled.predict(data, 4).toArray(), 1e-5f);
  }

  @Test
  void featuresArePredictedAsTheirSamplesAre() {
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
    FrozenTrunk trunk = FrozenTrunk.of(model);
    try (FeatureCache features =
        trunk.features(data, 4, Long.MAX_VALUE, Compute.standard(), (done, all) -> {})) {
      assertArrayEquals(
          compiled.predict(data, 4).toArray(), compiled.predict(features, 4).toArray());
    }
  }

  @Test
  void whatCanNotBeReadIsLeftOut() {
    Tensor all = compiled.predict(data, 1);
    Tensor some = compiled.predict(new Numbered(data).unreadable(0, 4), 3);
    assertEquals(Shape.of(N - 2, 2), some.shape());
    assertArrayEquals(all.rows(1, 4).toArray(), some.rows(0, 3).toArray(), 1e-6f);
    assertArrayEquals(all.rows(5, N).toArray(), some.rows(3, N - 2).toArray(), 1e-6f);
  }

  @Test
  void samplesOfAnotherShapeAreRefused() {
    Dataset coloured = new ArrayDataset(Tensor.zeros(4, 12, 12, 3), Tensor.zeros(4, 1));
    ShapeException e = assertThrows(ShapeException.class, () -> compiled.predict(coloured, 4));
    assertEquals("expected samples of (12, 12, 1), found (12, 12, 3)", e.getMessage());
  }

  @Test
  void aBatchOfNothingIsRefused() {
    String expected = "batch_size: expected at least 1, found 0";
    assertEquals(expected, refusal(() -> compiled.predict(data, 0)));
    assertEquals(expected, refusal(() -> compiled.predict(inputs(data), 0)));
    assertEquals(expected, refusal(() -> compiled.evaluate(data, 0)));
    Tasks.freeze(model, "conv_a", "bn_a");
    assertEquals(expected, refusal(() -> compiled.evaluate(data, 0)));
    FrozenTrunk trunk = FrozenTrunk.of(model);
    Compute compute = Compute.standard();
    assertEquals(expected, refusal(() -> trunk.features(data, 0, 0, compute, (n, all) -> {})));
    assertEquals(0, FeatureFiles.count());
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
