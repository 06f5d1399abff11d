package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values that outlive the stretch of steps that makes them, in batches that go through stretches
 * some samples at a time.
 */
class SeveralOutputsTest {

  private static final Model INCEPTION = InceptionV3.notop(150, 150);

  /** The ends of both ways from mixed6, which training of what is above it wants. */
  private static List<Node> outputs() {
    Node mixed = INCEPTION.layer("mixed6").output();
    List<Node> outputs = new ArrayList<>(List.of(mixed, INCEPTION.layer("mixed0").output()));
    for (Node node : INCEPTION.nodes()) {
      if (node.layer() instanceof AveragePooling2D && node.inputs().contains(mixed)) {
        outputs.add(node);
      }
    }
    return outputs;
  }

  @ParameterizedTest
  @CsvSource({"1, 9", "2, 9", "1, 4", "2, 13"})
  void eachSampleOfABatchGivesWhatItGivesAlone(int threads, int batch) {
    Model model = new Model("several", INCEPTION.inputs(), outputs());
    InferencePlan plan = InferencePlan.compile(model);
    SplittableRandom random = new SplittableRandom(batch);
    Tensor x = Tensor.zeros(Shape.of(batch, 150, 150, 3));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    Compute compute = Compute.threads(threads);
    List<Tensor> together = plan.session(compute, batch).run(x);
    InferenceSession alone = plan.session(compute, 1);
    for (int sample : new int[] {0, batch / 2, batch - 1}) {
      List<Tensor> expected = alone.run(x.rows(sample, sample + 1));
      for (int i = 0; i < expected.size(); i++) {
        Tensor found = together.get(i).rows(sample, sample + 1);
        assertArrayEquals(expected.get(i).toArray(), found.toArray(), 1e-4f, "output " + i);
      }
    }
  }
}
