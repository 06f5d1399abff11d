package io.github.lanewise.hdf5;

import io.github.lanewise.model.WeightReader;
import io.github.lanewise.nn.Parameter;
import io.jhdf.api.Dataset;
import java.util.Map;

/** Datasets of an open file that have been matched with a model's parameters. */
final class KerasWeightReader implements WeightReader {

  private final Hdf5Reader file;
  private final Map<Parameter, Dataset> datasets;

  KerasWeightReader(Hdf5Reader file, Map<Parameter, Dataset> datasets) {
    this.file = file;
    this.datasets = datasets;
  }

  @Override
  public synchronized void read(Parameter parameter, float[] to) {
    Dataset dataset = datasets.get(parameter);
    if (dataset == null) {
      throw new IllegalArgumentException(
          "expected a parameter of the model that the weights were opened for, found " + parameter);
    }
    file.ask(f -> f.read(dataset, to));
  }

  @Override
  public void close() {
    file.close();
  }
}
