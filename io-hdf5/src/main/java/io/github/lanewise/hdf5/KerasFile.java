package io.github.lanewise.hdf5;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, by its content: for people who were handed one.
 *
 * @param kind what it is
 * @param kerasVersion the version that wrote it, or null
 * @param weights what it holds, in its order
 * @param summary the model's table of layers; null where there is no model, or none that can be
 *     built
 * @param advice what to do with it, or what stands in the way
 */
public record KerasFile(
    Kind kind,
    @Nullable String kerasVersion,
    List<Weight> weights,
    @Nullable String summary,
    String advice) {

  /** Kinds of files. */
  public enum Kind {
    /** A model's configuration and weights in one HDF5 file. */
    MODEL_H5,
    /** Keras 3's archive of configuration and weights. */
    MODEL_KERAS,
    /** Weights in Keras's legacy layout. */
    WEIGHTS_H5,
    /** Weights in Keras 3's layout. */
    WEIGHTS_KERAS3_H5,
    /** An HDF5 file that is not Keras's. */
    OTHER_HDF5;

    /** The name in words that may be printed. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A weight or dataset.
   *
   * @param shape {@code (3, 3, 3, 32)}
   * @param size the number of its elements
   */
  public record Weight(String name, String shape, long size) {}

  private static final byte[] ZIP = {'P', 'K'};

  /** The number of all elements. */
  public long parameters() {
    return weights.stream().mapToLong(Weight::size).sum();
  }

  /**
   * Looks into a file.
   *
   * @throws WeightException naming the file, if it can not be read or is neither HDF5 nor a {@code
   *     .keras} archive
   */
  public static KerasFile of(Path path) {
    boolean zip;
    try (InputStream in = Files.newInputStream(path)) {
      zip = Arrays.equals(ZIP, in.readNBytes(ZIP.length));
    } catch (IOException e) {
      throw new WeightException(path + ": " + AtomicFile.reason(e), e);
    }
    return zip ? archive(path) : Hdf5Reader.read(path, file -> hdf5(path, file));
  }

  private static KerasFile archive(Path path) {
    Model model = KerasModel.load(path);
    return new KerasFile(
        Kind.MODEL_KERAS, null, weights(model), model.summary(), "open it with KerasModel.load");
  }

  private static KerasFile hdf5(Path path, Hdf5Reader file) throws IOException {
    Group root = file.root();
    Map<String, String> attributes = Hdf5Reader.strings(root);
    String version = attributes.get("keras_version");
    if (attributes.containsKey("model_config")) {
      List<Weight> weights = legacy(file);
      try {
        Model model = KerasModel.load(path);
        return new KerasFile(
            Kind.MODEL_H5, version, weights, model.summary(), "open it with KerasModel.load");
      } catch (WeightException e) {
        String reason = String.valueOf(e.getMessage());
        return new KerasFile(
            Kind.MODEL_H5, version, weights, null, "the model can not be built: " + reason);
      }
    }
    if (KerasLayer.listedIn(root)) {
      return new KerasFile(
          Kind.WEIGHTS_H5,
          version,
          legacy(file),
          null,
          "weights alone: build the model, then load them with KerasWeights.byName");
    }
    List<Weight> datasets = new ArrayList<>();
    collect("", root, datasets);
    if (Hdf5Reader.findGroup(root, "layers") != null) {
      return new KerasFile(
          Kind.WEIGHTS_KERAS3_H5,
          version,
          datasets,
          null,
          "weights alone: build the model, then load them with KerasWeights.byName");
    }
    return new KerasFile(
        Kind.OTHER_HDF5,
        version,
        datasets,
        null,
        "not a Keras file: it has neither model_config nor layer_names; its datasets can be read"
            + " with Hdf5Tensors");
  }

  private static List<Weight> legacy(Hdf5Reader file) throws IOException {
    List<Weight> weights = new ArrayList<>();
    for (KerasLayer layer : KerasLayer.in(file)) {
      for (KerasLayer.Weight weight : layer.weights()) {
        Dataset dataset = weight.dataset();
        weights.add(
            dataset == null
                ? new Weight(weight.name(), "missing", 0)
                : weight(weight.name(), dataset));
      }
    }
    return weights;
  }

  private static void collect(String prefix, Group group, List<Weight> weights) {
    for (Node child : group.getChildren().values()) {
      if (child instanceof Group below) {
        collect(prefix + child.getName() + "/", below, weights);
      } else if (child instanceof Dataset dataset) {
        weights.add(weight(prefix + child.getName(), dataset));
      }
    }
  }

  private static Weight weight(String name, Dataset dataset) {
    return new Weight(name, FloatData.shape(dataset).toString(), dataset.getSize());
  }

  private static List<Weight> weights(Model model) {
    List<Weight> weights = new ArrayList<>();
    for (Layer layer : model.layers()) {
      for (Parameter p : layer.parameters()) {
        String name = layer.name() + "/" + p.name();
        weights.add(new Weight(name, p.shape().toString(), p.shape().size()));
      }
    }
    return weights;
  }
}
