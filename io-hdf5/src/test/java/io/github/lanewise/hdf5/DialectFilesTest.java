package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of all versions of Keras, made by {@code dialects/make_dialects.py}, which also computes
 * what the models give.
 */
class DialectFilesTest {

  private static final float TOLERANCE = 1e-5f;

  @TempDir Path directory;

  private static List<Tensor> outputs(Model model, List<Tensor> inputs) {
    Map<Node, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put(model.inputs().get(i), inputs.get(i));
    }
    return model.forward(new Tape(Compute.standard()), feeds, model.outputs(), false);
  }

  private static void assertGives(List<Tensor> expected, Model model, List<Tensor> inputs) {
    List<Tensor> found = outputs(model, inputs);
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).shape(), found.get(i).shape());
      assertArrayEquals(expected.get(i).toArray(), found.get(i).toArray(), TOLERANCE);
    }
  }

  static List<String> names() {
    return DialectFiles.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aModelOfAnyVersionGivesWhatItShouldAndStillDoesWrittenAndReadAgain(String name)
      throws IOException {
    DialectFiles files = DialectFiles.unpack(name, directory);
    Model model = files.model();
    List<Tensor> inputs = files.inputs();
    List<Tensor> expected = files.outputs();
    assertGives(expected, model, inputs);
    if (inputs.size() == 1 && expected.size() == 1) {
      Tensor found = InferencePlan.compile(model).session(2).predict(inputs.get(0));
      assertArrayEquals(expected.get(0).toArray(), found.toArray(), TOLERANCE);
    }
    for (String suffix : List.of(".h5", ".keras")) {
      Path written = directory.resolve("written" + suffix);
      KerasModel.save(model, written);
      Model again = KerasModel.load(written);
      assertEquals(model.parameters().size(), again.parameters().size());
      assertGives(outputs(model, inputs), again, inputs);
    }
  }
}
