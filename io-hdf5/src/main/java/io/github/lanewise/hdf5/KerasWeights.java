package io.github.lanewise.hdf5;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Weights in a file of Keras's legacy {@code .h5} layout, as {@code save_weights} of Keras 2 writes
 * it and {@code load_weights} of Keras 2 and 3 reads it; also the weights in files of whole models,
 * and those in Keras 3's layout, {@code .weights.h5}, whose layers are found by their classes.
 * Floats of 16, 32 and 64 bits in either byte order, gzip and shuffle filters are read.
 *
 * <p>{@link #load Loading} is all or nothing: every weight is checked and read before the first one
 * is assigned. The file is opened by {@link #open} and closed with what that returns. Immutable.
 */
public final class KerasWeights implements WeightSource {

  /** The last version that writes this layout unasked. Readers look only for versions before 2. */
  private static final String KERAS_VERSION = "2.15.0";

  private static final String BACKEND = "tensorflow";

  private enum Mode {
    BY_NAME,
    BY_NAME_STRICT,
    TOPOLOGICAL
  }

  private final Path path;
  private final Mode mode;

  private KerasWeights(Path path, Mode mode) {
    this.path = path;
    this.mode = mode;
  }

  /**
   * Matches layers by their names, and the weights of a layer by their order. Layers of the file
   * that the model lacks are left alone, unless {@link #strict}. Unlike in Keras, a layer of the
   * model that the file lacks is an error.
   */
  public static KerasWeights byName(Path path) {
    return new KerasWeights(path, Mode.BY_NAME);
  }

  /** Matches the layers that have weights by their order, as Keras's {@code load_weights} does. */
  public static KerasWeights topological(Path path) {
    return new KerasWeights(path, Mode.TOPOLOGICAL);
  }

  /** The same, but weights in the file for which the model has no layer are an error too. */
  public KerasWeights strict() {
    return mode == Mode.BY_NAME ? new KerasWeights(path, Mode.BY_NAME_STRICT) : this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws WeightException if the file is missing, cut off, damaged or of another kind, or if
   *     weights are missing, left over or of another shape: one exception that tabulates them all
   */
  @Override
  public WeightReader open(Model model) {
    Hdf5Reader file = Hdf5Reader.open(path);
    try {
      return new KerasWeightReader(file, file.ask(f -> datasets(f, model)));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private Map<Parameter, Dataset> datasets(Hdf5Reader file, Model model) throws IOException {
    List<KerasLayer> layers = ModelWeights.layers(file, model, Map.of());
    WeightMatching matching =
        switch (mode) {
          case BY_NAME -> WeightMatching.byName(model, layers, false);
          case BY_NAME_STRICT -> WeightMatching.byName(model, layers, true);
          case TOPOLOGICAL -> WeightMatching.topological(model, layers);
        };
    matching.misfits().requireEmpty(path, reason(model, layers));
    return matching.matches();
  }

  private String reason(Model model, List<KerasLayer> layers) {
    int expected = WeightMatching.withWeights(model).size();
    int found = WeightMatching.withWeights(layers).size();
    String counts =
        mode == Mode.TOPOLOGICAL && expected != found
            ? ": expected " + expected + " layers with weights, found " + found
            : "";
    return "the weights do not fit model '" + model.name() + "'" + counts;
  }

  /**
   * Writes the weights of all layers of a model. The file comes to be whole or not at all; the same
   * weights give the same bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   */
  public static void save(Model model, Path path) throws IOException {
    save(model, path, Map.of());
  }

  /**
   * Writes the weights of all layers of a model, with attributes of one's own at the root. The file
   * comes to be whole or not at all; the same weights and attributes give the same bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws IllegalArgumentException if an attribute has a name that Keras uses
   */
  public static void save(Model model, Path path, Map<String, String> attributes)
      throws IOException {
    save(model, path, attributes, Compression.NONE);
  }

  /**
   * Writes the weights of all layers of a model, compressed or not, with attributes of one's own at
   * the root, as {@link #save(Model, Path, Map)} does.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws IllegalArgumentException if an attribute has a name that Keras uses
   */
  public static void save(
      Model model, Path path, Map<String, String> attributes, Compression compression)
      throws IOException {
    Hdf5Group root = new Hdf5Group();
    Map<Layer, String> names = new LinkedHashMap<>();
    model.layers().forEach(layer -> names.put(layer, layer.name()));
    putWeights(root, model, names);
    Hdf5Tensors.putAttributes(root, attributes);
    AtomicFile.write(path, channel -> Hdf5Writer.write(root, channel, compression));
  }

  /**
   * Writes the weights of all layers of a model in Keras 3's layout, as its {@code save_weights}
   * does for files named {@code .weights.h5}. The file comes to be whole or not at all; the same
   * weights give the same bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   */
  public static void saveKeras3(Model model, Path path) throws IOException {
    Hdf5Group root = new Hdf5Group();
    ModelWeights.putKeras3(root, model);
    AtomicFile.write(path, channel -> Hdf5Writer.write(root, channel));
  }

  /** Puts the weights of all layers, by names, and what Keras's loader looks for beside them. */
  static void putWeights(Hdf5Group root, Model model, Map<Layer, String> names) {
    List<Layer> layers = ModelWeights.ofGraph(model);
    root.attribute("layer_names", layers.stream().map(names::get).toList());
    root.attribute("backend", BACKEND);
    root.attribute("keras_version", KERAS_VERSION);
    for (Layer layer : layers) {
      String layerName = Objects.requireNonNull(names.get(layer));
      Hdf5Group group = root.group(layerName);
      List<String> weightNames = new ArrayList<>();
      for (Parameter parameter : layer.parameters()) {
        String name = layerName + "/" + parameter.name() + ":0";
        weightNames.add(name);
        group.dataset(name, parameter.value());
      }
      group.attribute("weight_names", weightNames);
    }
  }

  /**
   * The attributes of a file that are single strings, sorted by name.
   *
   * @throws WeightException naming the file, if it can not be read
   */
  public static Map<String, String> attributes(Path path) {
    return Hdf5Reader.read(path, file -> Hdf5Reader.strings(file.root()));
  }
}
