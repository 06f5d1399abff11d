package io.github.lanewise.hdf5;

import io.github.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A group to be written: its children and attributes, in the order in which they were put. */
final class Hdf5Group {

  private final Map<String, Hdf5Group> groups = new LinkedHashMap<>();
  private final Map<String, Tensor> datasets = new LinkedHashMap<>();
  private final Map<String, Long> integers = new LinkedHashMap<>();
  private final Map<String, String> strings = new LinkedHashMap<>();
  private final Map<String, List<String>> stringLists = new LinkedHashMap<>();

  /**
   * The group at a path below this one; those on the way to it come to be where they are not yet.
   *
   * @param path names divided by slashes; empty for this group
   * @throws IllegalArgumentException if a name is empty or that of a dataset
   */
  Hdf5Group group(String path) {
    Hdf5Group group = this;
    if (!path.isEmpty()) {
      for (String name : path.split("/", -1)) {
        group.requireFree(name, group.datasets);
        group.requireFree(name, group.integers);
        group = group.groups.computeIfAbsent(name, n -> new Hdf5Group());
      }
    }
    return group;
  }

  /**
   * Puts a dataset at a path below this group.
   *
   * @throws IllegalArgumentException if a name is empty or taken
   */
  void dataset(String path, Tensor tensor) {
    Hdf5Group parent = parentForDataset(path);
    parent.datasets.put(leaf(path), tensor);
  }

  /**
   * Puts a dataset that is a single 64-bit integer at a path below this group.
   *
   * @throws IllegalArgumentException if a name is empty or taken
   */
  void integer(String path, long value) {
    Hdf5Group parent = parentForDataset(path);
    parent.integers.put(leaf(path), value);
  }

  private Hdf5Group parentForDataset(String path) {
    Hdf5Group parent = group(path.substring(0, Math.max(path.lastIndexOf('/'), 0)));
    String name = leaf(path);
    parent.requireFree(name, parent.groups);
    if (parent.datasets.containsKey(name) || parent.integers.containsKey(name)) {
      throw new IllegalArgumentException("HDF5: two datasets are named '" + path + "'");
    }
    return parent;
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void requireFree(String name, Map<String, ?> others) {
    if (name.isEmpty() || others.containsKey(name)) {
      throw new IllegalArgumentException(
          "HDF5: '" + name + "' can not name both a group and a dataset, nor be empty");
    }
  }

  /** Sets a scalar attribute. */
  void attribute(String name, String value) {
    strings.put(name, Objects.requireNonNull(value));
  }

  /** Sets an attribute that is an array. */
  void attribute(String name, List<String> values) {
    stringLists.put(name, List.copyOf(values));
  }

  Map<String, Hdf5Group> groups() {
    return groups;
  }

  Map<String, Tensor> datasets() {
    return datasets;
  }

  Map<String, Long> integers() {
    return integers;
  }

  Map<String, String> strings() {
    return strings;
  }

  Map<String, List<String>> stringLists() {
    return stringLists;
  }
}
