package io.github.lanewise.hdf5;

import io.github.lanewise.model.WeightException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a Keras weight file holds. */
final class KerasFile {

  /** A layer's weights in the order of {@code weight_names}. */
  record StoredLayer(String name, List<StoredWeight> weights) {}

  /** A weight whose values are read on demand, while the file is open. */
  record StoredWeight(String name, Dataset dataset) {
    int[] dimensions() {
      return dataset.getDimensions();
    }

    /**
     * The values, row-major.
     *
     * @throws IllegalArgumentException if they are not floating point numbers
     */
    float[] values() {
      return Hdf5Tensors.floats(dataset);
    }
  }

  private KerasFile() {}

  /**
   * Opens a file, reads from it, closes it.
   *
   * @throws WeightException naming the file, if it is missing, foreign or truncated
   */
  static <T> T read(Path file, Function<HdfFile, T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new WeightException(
          file + ": expected an HDF5 file, found " + (Files.exists(file) ? "a directory" : "none"));
    }
    try (HdfFile hdf = new HdfFile(file)) {
      return reader.apply(hdf);
    } catch (WeightException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new WeightException(
          file + ": not a whole HDF5 file, or one that jHDF can not read: " + e.getMessage(), e);
    }
  }

  /** The layers in the file's order. */
  static List<StoredLayer> layers(HdfFile hdf) {
    Group root = hdf;
    if (hdf.getAttribute("layer_names") == null
        && hdf.getChild("model_weights") instanceof Group g) {
      root = g;
    }
    List<String> names = texts(root, "layer_names");
    if (names.isEmpty()) {
      throw new WeightException(
          hdf.getFileAsPath()
              + ": expected an attribute layer_names, found none: not Keras weights");
    }
    List<StoredLayer> layers = new ArrayList<>();
    for (String name : names) {
      if (!(child(root, name) instanceof Group group)) {
        throw new WeightException(
            hdf.getFileAsPath() + ": expected a group for layer '" + name + "', found none");
      }
      layers.add(new StoredLayer(name, weights(hdf, group)));
    }
    return layers;
  }

  private static List<StoredWeight> weights(HdfFile hdf, Group layer) {
    List<StoredWeight> weights = new ArrayList<>();
    for (String name : texts(layer, "weight_names")) {
      if (!(child(layer, name) instanceof Dataset dataset)) {
        throw new WeightException(
            hdf.getFileAsPath()
                + ": expected a data set '"
                + name
                + "' in layer '"
                + layer.getName()
                + "', found none");
      }
      weights.add(new StoredWeight(name, dataset));
    }
    return weights;
  }

  private static @org.jspecify.annotations.Nullable Node child(Group group, String path) {
    Node node = group;
    for (String part : path.split("/")) {
      if (!(node instanceof Group parent)) {
        return null;
      }
      node = parent.getChild(part);
    }
    return node;
  }

  /**
   * An attribute of several texts. Keras splits long ones into {@code name0}, {@code name1}, ...;
   * it writes an empty list as an empty array of numbers.
   */
  private static List<String> texts(Group group, String name) {
    Attribute whole = group.getAttribute(name);
    if (whole != null) {
      return texts(whole);
    }
    List<String> texts = new ArrayList<>();
    for (int chunk = 0; ; chunk++) {
      Attribute part = group.getAttribute(name + chunk);
      if (part == null) {
        return texts;
      }
      texts.addAll(texts(part));
    }
  }

  private static List<String> texts(Attribute attribute) {
    Object data = attribute.isEmpty() ? null : attribute.getData();
    if (data instanceof String text) {
      return List.of(text);
    }
    return data instanceof String[] several ? List.of(several) : List.of();
  }

  static Map<String, String> textAttributes(HdfFile hdf) {
    Map<String, String> texts = new TreeMap<>();
    for (Attribute attribute : hdf.getAttributes().values()) {
      if (!attribute.isEmpty() && attribute.getData() instanceof String text) {
        texts.put(attribute.getName(), text);
      }
    }
    return texts;
  }
}
