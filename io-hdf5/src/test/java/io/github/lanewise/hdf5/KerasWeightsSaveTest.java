package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ReLU;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsSaveTest {

  @TempDir Path directory;

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void savedWeightsAreLoadedByNameAndTopologically() throws IOException {
    Model model = KerasFixtures.model();
    KerasFixtures.assignExpected(model);
    Path file = directory.resolve("model.h5");
    KerasWeights.save(model, file);
    Model byName = KerasFixtures.model();
    byName.loadWeights(KerasWeights.byName(file).strict());
    KerasFixtures.assertExpected(byName);
    Model topological = KerasFixtures.model();
    topological.loadWeights(KerasWeights.topological(file));
    KerasFixtures.assertExpected(topological);
    assertEquals(List.of(file), files(directory));
  }

  @Test
  void theLayoutIsThatOfAFileSavedByKeras() throws IOException {
    Model model = KerasFixtures.model();
    Path file = directory.resolve("model.h5");
    KerasWeights.save(model, file);
    try (HdfFile ours = new HdfFile(file);
        HdfFile theirs = new HdfFile(KerasFixtures.unpack("plain", directory))) {
      assertArrayEquals(
          (String[]) theirs.getAttribute("layer_names").getData(),
          (String[]) ours.getAttribute("layer_names").getData());
      assertEquals(
          theirs.getAttribute("backend").getData(), ours.getAttribute("backend").getData());
      assertEquals(
          theirs.getAttributes().keySet(), ours.getAttributes().keySet(), "nothing else is noted");
      assertArrayEquals(
          (String[]) theirs.getByPath("bn").getAttribute("weight_names").getData(),
          (String[]) ours.getByPath("bn").getAttribute("weight_names").getData());
      assertEquals(0, ours.getByPath("relu").getAttribute("weight_names").getSize());
      assertArrayEquals(
          new int[] {3, 3, 1, 2}, ours.getDatasetByPath("conv/conv/kernel:0").getDimensions());
    }
    assertEquals(Hdf5Tensors.names(directory.resolve("plain.h5")), Hdf5Tensors.names(file));
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws IOException, InterruptedException {
    Model model = KerasFixtures.model();
    KerasWeights.save(model, directory.resolve("a.h5"), Map.of("one", "1", "two", "2"));
    Thread.sleep(1100); // times in HDF5 files are in seconds
    KerasWeights.save(model, directory.resolve("b.h5"), Map.of("two", "2", "one", "1"));
    assertEquals(-1, Files.mismatch(directory.resolve("a.h5"), directory.resolve("b.h5")));
  }

  @Test
  void attributesOfOnesOwnAreWrittenBesideKerass() throws IOException {
    Path file = directory.resolve("model.h5");
    KerasWeights.save(
        KerasFixtures.model(), file, Map.of("lanewise_config", "{\"größe\": 150}", "empty", ""));
    assertEquals(
        Map.of(
            "backend", "tensorflow",
            "keras_version", "2.15.0",
            "lanewise_config", "{\"größe\": 150}",
            "empty", ""),
        KerasWeights.attributes(file));
  }

  @Test
  void anAttributeThatKerasUsesIsRefusedAndNothingWritten() throws IOException {
    Path file = directory.resolve("model.h5");
    assertThrows(
        IllegalArgumentException.class,
        () -> KerasWeights.save(KerasFixtures.model(), file, Map.of("layer_names", "mine")));
    assertEquals(List.of(), files(directory));
  }

  @Test
  void anAttributeOfAnyLengthIsWritten() throws IOException {
    Path file = directory.resolve("model.h5");
    Map<String, String> attributes = new TreeMap<>();
    for (int length : new int[] {64_400, 64_512, 65_535, 65_536, 300_001}) {
      attributes.put("of" + length, "ö" + "x".repeat(length - 3) + "y");
    }
    KerasWeights.save(KerasFixtures.model(), file, attributes);
    Map<String, String> found = new TreeMap<>(KerasWeights.attributes(file));
    found.keySet().retainAll(attributes.keySet());
    assertEquals(attributes, found);
  }

  @Test
  void moreLayerNamesThanAnAttributeHoldsAreSplitAsKerasDoes() throws IOException {
    Node input = Input.named("input", 4);
    Node x = input;
    String prefix = "a_layer_with_a_long_name_".repeat(10);
    for (int i = 0; i < 400; i++) {
      x = new ReLU().name(prefix + i).on(x);
    }
    x = new Dense(2).name(prefix + "dense").on(x);
    Model model = new Model("deep", List.of(input), List.of(x));
    Path file = directory.resolve("deep.h5");
    KerasWeights.save(model, file);
    try (HdfFile hdf = new HdfFile(file)) {
      assertEquals(
          List.of("backend", "keras_version", "layer_names0", "layer_names1"),
          hdf.getAttributes().keySet().stream().sorted().toList());
    }
    List<float[]> saved = KerasFixtures.snapshot(model);
    model.parameters().get(0).value().data()[0] = 9;
    model.loadWeights(KerasWeights.topological(file));
    KerasFixtures.assertUnchanged(saved, model);
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("model.h5"), "old");
    KerasWeights.save(KerasFixtures.model(), file);
    KerasFixtures.model().loadWeights(KerasWeights.byName(file));
    assertEquals(List.of(file), files(directory));
  }

  @Test
  void aTargetThatCanNotBeWrittenIsOneErrorThatNamesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    List<Path> targets =
        List.of(
            file.resolve("model.h5"), directory.resolve("absent").resolve("model.h5"), directory);
    List<String> reasons =
        List.of(
            file + " is not a directory",
            directory.resolve("absent") + " does not exist",
            "is a directory");
    for (int i = 0; i < targets.size(); i++) {
      Path target = targets.get(i);
      IOException e =
          assertThrows(IOException.class, () -> KerasWeights.save(KerasFixtures.model(), target));
      assertEquals(target + ": can not be written: " + reasons.get(i), e.getMessage());
    }
    assertEquals(List.of(file), files(directory));
  }

  @Test
  void weightsLargerThanTheBufferAreWritten() throws IOException {
    Node input = Input.named("input", 30, 30, 3);
    Node x = new Flatten().name("flatten").on(input);
    x = new Dense(301).name("dense").on(x);
    Model model = new Model("large", List.of(input), List.of(x));
    Path file = directory.resolve("large.h5");
    KerasWeights.save(model, file);
    assertTrue(Files.size(file) > 4L * 2700 * 301);
    List<float[]> saved = KerasFixtures.snapshot(model);
    model.parameters().forEach(p -> p.assign(new float[p.value().size()]));
    model.loadWeights(KerasWeights.byName(file));
    KerasFixtures.assertUnchanged(saved, model);
  }
}
