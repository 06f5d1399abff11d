package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of a model, made by {@code dialects/make_dialects.py}, in a directory of their own.
 *
 * @param fixture holds what the model is called on and what it then gives
 * @param directory holds the model's files
 */
record DialectFiles(Path fixture, Path directory) {

  /** All fixtures. */
  static final List<String> NAMES =
      List.of(
          "keras1_sequential",
          "keras1_merge",
          "keras1_twice",
          "keras2_2_sequential",
          "keras2_2_shared",
          "keras2_2_transfer",
          "keras2_2_json",
          "keras2_15_functional",
          "keras2_15_sequential",
          "keras2_15_twice",
          "keras3_sequential",
          "keras3_branches",
          "keras3_twice",
          "keras3_transfer",
          "keras3_legacy",
          "keras3_json",
          "tensorflow_js");

  /** A fixture, and beside it the files that it holds. */
  static DialectFiles unpack(String name, Path below) throws IOException {
    Path directory = Files.createTempDirectory(below, name);
    Path fixture = KerasFixtures.unpack("dialects/" + name, ".txt", directory);
    for (String dataset : Hdf5Tensors.names(fixture)) {
      if (dataset.startsWith("files/")) {
        float[] values = Hdf5Tensors.read(fixture, dataset).toArray();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) values[i];
        }
        Files.write(directory.resolve(dataset.substring("files/".length())), bytes);
      }
    }
    return new DialectFiles(fixture, directory);
  }

  private List<Tensor> tensors(String kind) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; Hdf5Tensors.names(fixture).contains(kind + "/" + i); i++) {
      tensors.add(Hdf5Tensors.read(fixture, kind + "/" + i));
    }
    return tensors;
  }

  /** What the model is called on. */
  List<Tensor> inputs() {
    return tensors("inputs");
  }

  /** What it then gives. */
  List<Tensor> outputs() {
    return tensors("outputs");
  }

  /** The model with its weights. */
  Model model() throws IOException {
    Path json = directory.resolve("model.json");
    if (Files.exists(json)) {
      Model model = KerasModel.fromJson(Files.readString(json), LayerTypes.standard());
      Path keras3 = directory.resolve("model.weights.h5");
      Path legacy = directory.resolve("weights.h5");
      model.loadWeights(KerasWeights.byName(Files.exists(keras3) ? keras3 : legacy).strict());
      return model;
    }
    Path archive = directory.resolve("model.keras");
    return KerasModel.load(Files.exists(archive) ? archive : directory.resolve("model.h5"));
  }
}
