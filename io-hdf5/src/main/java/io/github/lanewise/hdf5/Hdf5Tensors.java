package io.github.lanewise.hdf5;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tensors in HDF5 files: datasets of floats, with names divided by slashes where in groups. */
public final class Hdf5Tensors {

  private Hdf5Tensors() {}

  /**
   * Reads a dataset of numbers: floats of 16, 32 or 64 bits, or integers.
   *
   * @param name {@code input}, {@code after1/dense/kernel:0}
   * @throws WeightException naming the file, if it can not be read or has no such dataset; the
   *     message lists those that it has
   */
  public static Tensor read(Path path, String name) {
    return Hdf5Reader.read(path, file -> read(file, name));
  }

  /**
   * Reads several datasets.
   *
   * @return the tensors by name, in the order of {@code names}
   * @throws WeightException naming the file, if it can not be read or lacks one of the datasets
   */
  public static Map<String, Tensor> read(Path path, Collection<String> names) {
    return Hdf5Reader.read(
        path,
        file -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          for (String name : names) {
            tensors.put(name, read(file, name));
          }
          return tensors;
        });
  }

  private static Tensor read(Hdf5Reader file, String name) throws IOException {
    Dataset dataset = Hdf5Reader.findDataset(file.root(), name);
    if (dataset == null) {
      throw new IOException("no dataset '" + name + "'; there are " + names(file.root()));
    }
    return file.tensor(dataset);
  }

  /**
   * The names of all datasets, sorted.
   *
   * @throws WeightException naming the file, if it can not be read
   */
  public static List<String> names(Path path) {
    return Hdf5Reader.read(path, file -> names(file.root()));
  }

  private static List<String> names(Group root) {
    List<String> names = new ArrayList<>();
    collectNames("", root, names);
    Collections.sort(names);
    return names;
  }

  private static void collectNames(String prefix, Group group, List<String> names) {
    for (Node child : group.getChildren().values()) {
      if (child instanceof Group g) {
        collectNames(prefix + g.getName() + "/", g, names);
      } else if (child instanceof Dataset) {
        names.add(prefix + child.getName());
      }
    }
  }

  /**
   * Writes tensors as datasets of 32-bit floats. The file comes to be whole or not at all; equal
   * tensors in the same order give equal bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws IllegalArgumentException if names collide
   */
  public static void write(Path path, Map<String, Tensor> tensors) throws IOException {
    write(path, tensors, Map.of());
  }

  /**
   * Writes tensors as datasets of 32-bit floats, with string attributes at the root. The file comes
   * to be whole or not at all; equal tensors and attributes in the same order give equal bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws IllegalArgumentException if names collide
   */
  public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> attributes)
      throws IOException {
    Hdf5Group root = new Hdf5Group();
    putAttributes(root, attributes);
    tensors.forEach(root::dataset);
    AtomicFile.write(path, channel -> Hdf5Writer.write(root, channel));
  }

  /** Puts attributes sorted by name: the order of a {@code Map.of} changes from run to run. */
  static void putAttributes(Hdf5Group group, Map<String, String> attributes) {
    new TreeMap<>(attributes)
        .forEach(
            (name, value) -> {
              if (group.strings().containsKey(name) || group.stringLists().containsKey(name)) {
                throw new IllegalArgumentException(
                    "HDF5 attribute '" + name + "': the name is taken by Keras");
              }
              group.attribute(name, value);
            });
  }
}
