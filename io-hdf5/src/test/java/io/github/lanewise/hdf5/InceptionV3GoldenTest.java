package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** InceptionV3's layers against TensorFlow.js, on the official layout's weights. */
@Tag("every-width")
class InceptionV3GoldenTest {

  private static final List<String> LAYERS =
      List.of("activation_1", "max_pooling2d_2", "mixed0", "mixed3", "mixed7", "mixed10");

  @ParameterizedTest
  @EnumSource
  void everyGoldenLayerIsReproducedByTheInferencePlan(Conv2dAlgorithm algorithm) throws Exception {
    Path data = RealData.directory();
    Path golden = data.resolve("golden/inception_v3_150.h5");
    Model whole = InceptionV3.notop(150, 150);
    whole.loadWeights(KerasWeights.byName(RealData.notopWeights(data)));
    Model cut =
        new Model(
            "cut",
            List.of(whole.input()),
            LAYERS.stream().map(n -> whole.layer(n).output()).toList());
    Tensor input = Hdf5Tensors.read(golden, "input");
    List<Tensor> outputs =
        InferencePlan.compile(cut, algorithm).session(Compute.standard(), 2).run(input);
    for (int i = 0; i < LAYERS.size(); i++) {
      assertGolden(LAYERS.get(i), Hdf5Tensors.read(golden, LAYERS.get(i)), outputs.get(i));
    }
  }

  /** Within 1e-4, or a thousandth where the value exceeds 10. */
  private static void assertGolden(String layer, Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape(), layer);
    float[] e = expected.toArray();
    float[] f = found.toArray();
    for (int i = 0; i < e.length; i++) {
      double bound = Math.abs(e[i]) > 10 ? 1e-3 * Math.abs(e[i]) : 1e-4;
      if (!(Math.abs(e[i] - f[i]) <= bound)) {
        fail(layer + "[" + i + "]: expected " + e[i] + ", found " + f[i]);
      }
    }
  }
}
