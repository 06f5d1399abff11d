package io.github.lanewise.examples.cli;

import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outputs of some layers, gathered batch by batch. */
final class LayerOutputs {

  private final List<String> layers;
  private final List<List<Tensor>> batches = new ArrayList<>();
  private int rows;

  /** None yet, of these layers, each named once or more. */
  LayerOutputs(List<String> layers) {
    this.layers = layers.stream().distinct().toList();
    this.layers.forEach(layer -> batches.add(new ArrayList<>()));
  }

  /** The number of rows so far. */
  int rows() {
    return rows;
  }

  /** Adds a batch, one tensor a layer, which are copied. */
  void add(List<Tensor> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      batches.get(i).add(outputs.get(i).copy());
    }
    rows += outputs.get(0).shape().dim(0);
  }

  /**
   * Writes one data set a layer.
   *
   * @throws IOException if the file can not be written; it is then as it was
   */
  void write(Path file) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      all.put(layers.get(i), joined(batches.get(i)));
    }
    Hdf5Tensors.write(file, all);
  }

  private Tensor joined(List<Tensor> parts) {
    Shape shape = parts.get(0).shape().withBatch(rows);
    Tensor joined = Tensor.zeros(shape);
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.data(), part.offset(), joined.data(), at, part.size());
      at += part.size();
    }
    return joined;
  }
}
