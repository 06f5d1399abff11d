package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecomputeBetweenTest {

  private static FitOptions options() {
    return new FitOptions().epochs(2).batchSize(7);
  }

  private static List<float[]> trained(Model model, Optimizer optimizer, FitOptions options) {
    CompiledModel.compile(model, optimizer, Loss.SPARSE_CATEGORICAL_CROSSENTROPY)
        .on(Compute.threads(2))
        .fit(Tasks.shapes(30, 3), options);
    return Tasks.weights(model);
  }

  private static void assertSame(List<float[]> expected, List<float[]> found) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
    }
  }

  @Test
  void trainingGivesTheSameBits() {
    for (Optimizer[] two :
        new Optimizer[][] {
          {new RMSprop(0.01), new RMSprop(0.01)},
          {
            new Adam(0.01).globalClipnorm(0.1).gradientAccumulationSteps(2),
            new Adam(0.01).globalClipnorm(0.1).gradientAccumulationSteps(2)
          }
        }) {
      List<float[]> expected = trained(Tasks.convNet(), two[0], options());
      List<float[]> found =
          trained(Tasks.convNet(), two[1], options().recomputeBetween("bn_a", "conv_b", "head"));
      assertSame(expected, found);
    }
  }

  @Test
  void layersThatAreFrozenDoNotMatter() {
    Model kept = Tasks.convNet();
    Tasks.freeze(kept, "conv_a", "bn_a");
    Model recomputed = Tasks.convNet();
    Tasks.freeze(recomputed, "conv_a", "bn_a");
    assertSame(
        trained(kept, new SGD(0.1), options()),
        trained(recomputed, new SGD(0.1), options().recomputeBetween("bn_a", "conv_b")));
  }

  @Test
  void aLayerThatTheModelLacksIsRefusedBeforeTraining() {
    Model model = Tasks.convNet();
    List<float[]> before = Tasks.weights(model);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> trained(model, new SGD(0.1), options().recomputeBetween("conv_c")));
    assertTrue(refused.getMessage().contains("no layer 'conv_c'"), refused.getMessage());
    assertEquals(before.size(), Tasks.weights(model).size());
    assertSame(before, Tasks.weights(model));
  }
}
