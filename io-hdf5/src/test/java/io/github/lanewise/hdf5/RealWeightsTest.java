package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official layout of InceptionV3's weights without its top. */
class RealWeightsTest {

  @TempDir Path directory;

  @Test
  void theFileNamesTheLayersOfTheModelInItsOrder() {
    Path file = RealData.notopWeights(RealData.directory());
    List<String> ours = InceptionV3.notop(150, 150).layers().stream().map(Layer::name).toList();
    try (HdfFile hdf = new HdfFile(file)) {
      assertEquals(List.of((String[]) hdf.getAttribute("layer_names").getData()), ours);
    }
  }

  @Test
  void loadingByNameAndTopologicallyGiveTheSameWeights() {
    Path file = RealData.notopWeights(RealData.directory());
    Model byName = InceptionV3.notop(150, 150);
    byName.loadWeights(KerasWeights.byName(file).strict());
    Model topological = InceptionV3.notop(150, 150);
    topological.loadWeights(KerasWeights.topological(file));
    KerasFixtures.assertUnchanged(KerasFixtures.snapshot(byName), topological);
  }

  @Test
  void everyWeightIsTheDatasetThatBearsItsName() {
    Path file = RealData.notopWeights(RealData.directory());
    Model model = InceptionV3.notop(75, 75);
    model.loadWeights(KerasWeights.topological(file));
    try (HdfFile hdf = new HdfFile(file)) {
      for (Layer layer : model.layers()) {
        for (Parameter parameter : layer.parameters()) {
          String path = layer.name() + "/" + layer.name() + "/" + parameter.name() + ":0";
          assertArrayEquals(
              (float[]) hdf.getDatasetByPath(path).getDataFlat(),
              parameter.value().toArray(),
              path);
        }
      }
    }
  }

  @Test
  void savingAndLoadingKeepsEveryBitAndTheSizeOfTheFile() throws IOException {
    Path original = RealData.notopWeights(RealData.directory());
    Model model = InceptionV3.notop(150, 150);
    model.loadWeights(KerasWeights.byName(original));
    Path copy = directory.resolve("copy.h5");
    KerasWeights.save(model, copy);
    assertTrue(Files.size(copy) <= Files.size(original), "no larger than h5py's file");
    Model again = InceptionV3.notop(150, 150);
    again.loadWeights(KerasWeights.topological(copy));
    KerasFixtures.assertUnchanged(KerasFixtures.snapshot(model), again);
  }

  @Test
  void aDownloadThatWasCutOffChangesNoWeight() throws IOException {
    Path original = RealData.notopWeights(RealData.directory());
    Path cut = Files.copy(original, directory.resolve("cut.h5"));
    Model model = InceptionV3.notop(75, 75);
    List<float[]> before = KerasFixtures.snapshot(model);
    long size = Files.size(original);
    for (long length : List.of(size - 1, size / 2, 4096L, 100L, 10L)) {
      truncate(cut, length);
      WeightException e =
          assertThrows(WeightException.class, () -> model.loadWeights(KerasWeights.byName(cut)));
      assertTrue(String.valueOf(e.getMessage()).startsWith(cut + ": "), e.getMessage());
    }
    KerasFixtures.assertUnchanged(before, model);
  }

  private static void truncate(Path file, long length) throws IOException {
    file.toFile().setWritable(true);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
