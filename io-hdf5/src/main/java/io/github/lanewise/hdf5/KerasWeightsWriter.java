package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes weights so that Keras can read them. */
final class KerasWeightsWriter {

  /** The version whose layout is written; Keras reads it to tell old layouts apart. */
  private static final String KERAS_VERSION = "2.15.0";

  private KerasWeightsWriter() {}

  static void write(Model model, Path file, Map<String, String> attributes) throws IOException {
    AtomicFile.write(
        file,
        hdf -> {
          String[] names = model.layers().stream().map(Layer::name).toArray(String[]::new);
          hdf.putAttribute("layer_names", names);
          hdf.putAttribute("backend", "tensorflow");
          hdf.putAttribute("keras_version", KERAS_VERSION);
          new TreeMap<>(attributes).forEach(hdf::putAttribute);
          for (Layer layer : model.layers()) {
            putLayer(hdf, layer);
          }
        });
  }

  private static void putLayer(WritableHdfFile hdf, Layer layer) {
    WritableGroup group = hdf.putGroup(layer.name());
    if (layer.parameters().isEmpty()) {
      return;
    }
    String[] names =
        layer.parameters().stream()
            .map(p -> layer.name() + "/" + p.name() + ":0")
            .toArray(String[]::new);
    group.putAttribute("weight_names", names);
    WritableGroup weights = group.putGroup(layer.name());
    for (Parameter parameter : layer.parameters()) {
      weights.putDataset(parameter.name() + ":0", Hdf5Tensors.nested(parameter.value()));
    }
  }
}
