package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.op.Op;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nodes of every op, but for the turning at the borders. That they are right ORT says. */
class OnnxRulesTest {

  /** Ops that only training has: an inference plan never does. */
  private static final Set<String> OF_TRAINING =
      Set.of(
          "BatchNormalizationTraining",
          "BinaryCrossentropy",
          "CategoricalCrossentropy",
          "Dropout",
          "GaussianDropout",
          "GaussianNoise",
          "MeanSquaredError",
          "SparseCategoricalCrossentropy",
          "SpatialDropout");

  static List<OnnxRuleCases.Case> cases() {
    return OnnxRuleCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theNodesOfAnOpAreThoseExpectedAndInOrder(OnnxRuleCases.Case c) {
    OnnxReader.Model model = c.onnx();
    List<String> found = new ArrayList<>();
    for (OnnxReader.Node node : model.nodes()) {
      boolean border = node.outputs().get(0).matches(".*/ToChannels(First|Last)");
      if (!border && !node.type().equals("Identity")) {
        found.add(node.toString());
      }
    }
    assertEquals(c.nodes(), String.join(" ", found));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyNodeTakesWhatIsThereBeforeIt(OnnxRuleCases.Case c) {
    OnnxReader.Model model = c.onnx();
    Set<String> known = new HashSet<>(model.inputs().keySet());
    known.addAll(model.constants().keySet());
    assertEquals(model.inputs().size() + model.constants().size(), known.size());
    Set<String> used = new HashSet<>(model.outputs().keySet());
    for (OnnxReader.Node node : model.nodes()) {
      for (String input : node.inputs()) {
        assertEquals(!input.isEmpty(), known.contains(input), node + " takes '" + input + "'");
        used.add(input);
      }
      for (String output : node.outputs()) {
        assertEquals(true, known.add(output), "twice: " + output);
      }
    }
    used.remove("");
    assertEquals(known, used);
  }

  @Test
  void everyOpOfInferenceHasARuleAndACase() throws Exception {
    Set<String> expected = new TreeSet<>();
    URI self = Objects.requireNonNull(Op.class.getResource("Op.class")).toURI();
    try (Stream<Path> files = Files.list(Path.of(self).resolveSibling("."))) {
      for (Path file : files.filter(f -> !f.toString().contains("$")).toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.class$", "");
        Class<?> type = Class.forName(Op.class.getPackageName() + "." + name);
        if (type.isRecord() && Op.class.isAssignableFrom(type) && !OF_TRAINING.contains(name)) {
          expected.add(name);
        }
      }
    }
    Set<String> ruled = new TreeSet<>();
    Rules.ops().forEach(op -> ruled.add(op.getSimpleName()));
    assertEquals(expected, ruled);
    Set<String> tried = new TreeSet<>();
    cases().forEach(c -> tried.add(c.op().getClass().getSimpleName()));
    assertEquals(expected, tried);
  }
}
