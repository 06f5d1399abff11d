package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold other weights than the model has. */
class KerasWeightsMisfitTest {

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    file = KerasFixtures.unpack("plain", directory);
  }

  /** The message of the failure, after which no weight may have changed. */
  private static List<String> failure(Model model, WeightSource source) {
    List<float[]> before = KerasFixtures.snapshot(model);
    WeightException e = assertThrows(WeightException.class, () -> model.loadWeights(source));
    KerasFixtures.assertUnchanged(before, model);
    return String.valueOf(e.getMessage())
        .lines()
        .map(l -> l.strip().replaceAll(" {2,}", "|"))
        .toList();
  }

  /** conv with other filters, no bn, dense with another size, and a layer that the file lacks. */
  private static Model other() {
    Node input = Input.named("input", 6, 6, 1);
    Node x = new Conv2D(4, 3).name("conv").on(input);
    x = new Flatten().name("flatten").on(x);
    x = new Dense(3).name("dense").on(x);
    x = new Dense(1).name("predictions").on(x);
    return new Model("other", List.of(input), List.of(x));
  }

  @Test
  void oneErrorTabulatesAllWeightsThatDoNotFitByName() {
    assertEquals(
        List.of(
            file + ": the weights do not fit model 'other'",
            "model layer|file layer|weight|expected|found",
            "conv|conv|kernel|(3, 3, 1, 4)|(3, 3, 1, 2)",
            "conv|conv|bias|(4,)|(2,)",
            "dense|dense|kernel|(64, 3)|(32, 3)",
            "predictions|-|kernel|(3, 1)|nothing",
            "predictions|-|bias|(1,)|nothing"),
        failure(other(), KerasWeights.byName(file)));
  }

  @Test
  void strictLoadingAlsoTabulatesWhatOnlyTheFileHas() {
    List<String> lines = failure(other(), KerasWeights.byName(file).strict());
    assertTrue(lines.contains("-|bn|gamma|nothing|(2,)"), lines.toString());
    assertTrue(lines.contains("-|bn|moving_variance|nothing|(2,)"), lines.toString());
    assertEquals(11, lines.size());
  }

  @Test
  void topologicalLoadingComparesTheLayersWithWeightsInOrder() {
    assertEquals(
        List.of(
            file + ": the weights do not fit model 'fixture'",
            "model layer|file layer|weight|expected|found",
            "dense|dense|kernel|(32, 5)|(32, 3)",
            "dense|dense|bias|(5,)|(3,)"),
        failure(KerasFixtures.model(5), KerasWeights.topological(file)));
  }

  @Test
  void topologicalLoadingIntoFewerLayersNamesBothCountsAndTheLayersLeftOver() {
    Node input = Input.named("input", 6, 6, 1);
    Node x = new Conv2D(2, 3).name("a").on(input);
    x = new BatchNormalization().name("b").on(x);
    Model model = new Model("short", List.of(input), List.of(x));
    assertEquals(
        List.of(
            file
                + ": the weights do not fit model 'short': expected 2 layers with weights, found 3",
            "model layer|file layer|weight|expected|found",
            "-|dense|kernel|nothing|(32, 3)",
            "-|dense|bias|nothing|(3,)"),
        failure(model, KerasWeights.topological(file)));
  }

  @Test
  void aLayerWithFewerWeightsThanInTheFileNamesThoseLeftOver() {
    Node input = Input.named("input", 6, 6, 1);
    Node x = new Conv2D(2, 3).name("conv").on(input);
    x = new BatchNormalization().scale(false).name("bn").on(x);
    Model model = new Model("unscaled", List.of(input), List.of(x));
    assertEquals(
        List.of(
            file + ": the weights do not fit model 'unscaled'",
            "model layer|file layer|weight|expected|found",
            "bn|bn|gamma|nothing|(2,)"),
        failure(model, KerasWeights.byName(file)));
  }

  @Test
  void aLayerWithMoreWeightsThanInTheFileNamesThoseMissing() throws IOException {
    Node input = Input.named("input", 6, 6, 1);
    Node x = new Conv2D(2, 3).useBias(false).name("conv").on(input);
    Path unbiased = directory.resolve("unbiased.h5");
    KerasWeights.save(new Model("unbiased", List.of(input), List.of(x)), unbiased);
    Node again = Input.named("input", 6, 6, 1);
    Node y = new Conv2D(2, 3).name("conv").on(again);
    List<String> lines =
        failure(
            new Model("biased", List.of(again), List.of(y)), KerasWeights.topological(unbiased));
    assertEquals("conv|conv|bias|(2,)|nothing", lines.get(lines.size() - 1));
  }

  @Test
  void layersThatOnlyTheFileHasAreLeftAloneByName() {
    Node input = Input.named("input", 6, 6, 1);
    Model trunk =
        new Model("trunk", List.of(input), List.of(new Conv2D(2, 3).name("conv").on(input)));
    trunk.loadWeights(KerasWeights.byName(file));
    KerasFixtures.assertExpected(trunk);
  }
}
