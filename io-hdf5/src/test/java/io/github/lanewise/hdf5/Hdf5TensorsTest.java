package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.WeightException;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5TensorsTest {

  @TempDir Path directory;

  private static Tensor counting(int... dims) {
    Tensor tensor = Tensor.zeros(dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = i + 0.5f;
    }
    return tensor;
  }

  private static void assertSame(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  @Test
  void tensorsOfAnyRankAreReadAsTheyWereWritten() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("scalar", Tensor.scalar(3.25f));
    tensors.put("vector", counting(7));
    tensors.put("group/inner/batch", counting(2, 3, 4, 5));
    tensors.put("group/empty", Tensor.zeros(0, 4));
    tensors.put(
        "special",
        Tensor.of(
            Shape.of(5),
            Float.NaN,
            Float.NEGATIVE_INFINITY,
            -0f,
            Float.MIN_VALUE,
            Float.MAX_VALUE));
    Path file = directory.resolve("tensors.h5");
    Hdf5Tensors.write(file, tensors);
    for (var tensor : tensors.entrySet()) {
      assertSame(tensor.getValue(), Hdf5Tensors.read(file, tensor.getKey()));
    }
    Map<String, Tensor> two = Hdf5Tensors.read(file, List.of("vector", "scalar"));
    assertEquals(List.of("vector", "scalar"), List.copyOf(two.keySet()));
    assertEquals(3.25f, two.get("scalar").item());
    assertEquals(
        List.of("group/empty", "group/inner/batch", "scalar", "special", "vector"),
        Hdf5Tensors.names(file));
  }

  @Test
  void aSliceOfChannelsIsWrittenWithoutWhatLiesBetween() throws IOException {
    Tensor slice = counting(2, 3, 10).channels(2, 7);
    Path file = directory.resolve("slice.h5");
    Hdf5Tensors.write(file, Map.of("slice", slice));
    assertSame(slice.copy(), Hdf5Tensors.read(file, "slice"));
  }

  @Test
  void attributesAreWrittenAtTheRoot() throws IOException {
    Path file = directory.resolve("attributes.h5");
    Hdf5Tensors.write(file, Map.of("x", counting(1)), Map.of("layers", "mixed7,mixed10"));
    assertEquals(Map.of("layers", "mixed7,mixed10"), KerasWeights.attributes(file));
  }

  @Test
  void integersAndDoublesOfOtherWritersAreReadAsFloats() {
    Path file = directory.resolve("others.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("int", new int[][] {{1, -2, 3}});
      hdf.putDataset("double", new double[][] {{1.5}, {-2.5}});
    }
    assertSame(Tensor.of(Shape.of(1, 3), 1, -2, 3), Hdf5Tensors.read(file, "int"));
    assertSame(Tensor.of(Shape.of(2, 1), 1.5f, -2.5f), Hdf5Tensors.read(file, "double"));
  }

  @Test
  void aDatasetThatThereIsNotIsNamedTogetherWithThoseThatThereAre() throws IOException {
    Path file = directory.resolve("tensors.h5");
    Hdf5Tensors.write(file, Map.of("inputs", counting(1)));
    WeightException e = assertThrows(WeightException.class, () -> Hdf5Tensors.read(file, "input"));
    assertEquals(file + ": no dataset 'input'; there are [inputs]", e.getMessage());
  }

  @Test
  void aDatasetOfStringsIsNoTensor() {
    Path file = directory.resolve("strings.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("input", new String[] {"a", "b"});
    }
    WeightException e = assertThrows(WeightException.class, () -> Hdf5Tensors.read(file, "input"));
    assertEquals(file + ": dataset /input: no numbers", e.getMessage());
  }

  @Test
  void namesThatCollideAreRefused() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", counting(1));
    tensors.put("a/b", counting(1));
    Path file = directory.resolve("collision.h5");
    assertThrows(IllegalArgumentException.class, () -> Hdf5Tensors.write(file, tensors));
  }
}
