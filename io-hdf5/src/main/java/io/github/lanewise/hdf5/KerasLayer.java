package io.github.lanewise.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer in a file of Keras's legacy layout ({@code keras/src/legacy/saving/legacy_h5_format.py}):
 * a group that the root's attribute {@code layer_names} names, whose attribute {@code weight_names}
 * names datasets below it. In files of whole models all of this lies below {@code model_weights}.
 *
 * @param weights the weights in the file's order
 */
record KerasLayer(String name, List<Weight> weights) {

  /**
   * A weight.
   *
   * @param name as in {@code weight_names}: {@code conv2d_1/kernel:0}
   * @param dataset null if there is no such dataset
   */
  record Weight(String name, @Nullable Dataset dataset) {

    /** The name within the layer: {@code kernel}. */
    String parameterName() {
      String leaf = name.substring(name.lastIndexOf('/') + 1);
      int colon = leaf.lastIndexOf(':');
      return colon < 0 ? leaf : leaf.substring(0, colon);
    }
  }

  private static final String LAYER_NAMES = "layer_names";
  private static final String WEIGHT_NAMES = "weight_names";

  /**
   * All layers of a file in its order, also those without weights.
   *
   * @throws IOException if this is no file of Keras's legacy layout
   */
  static List<KerasLayer> in(Hdf5Reader file) throws IOException {
    Group root = file.root();
    Group modelWeights = Hdf5Reader.findGroup(root, "model_weights");
    if (modelWeights != null && !listedIn(root)) {
      root = modelWeights;
    }
    if (!listedIn(root)) {
      throw new IOException(
          "expected weights in Keras's legacy layout, found no attribute layer_names");
    }
    List<KerasLayer> layers = new ArrayList<>();
    for (String name : names(root, LAYER_NAMES)) {
      Group group = Hdf5Reader.findGroup(root, name);
      if (group == null) {
        throw new IOException("layer_names names '" + name + "', but there is no such group");
      }
      layers.add(new KerasLayer(name, weights(group)));
    }
    return layers;
  }

  /** What a group's attribute {@code weight_names} names. */
  static List<Weight> weights(Group group) throws IOException {
    List<Weight> weights = new ArrayList<>();
    for (String weight : names(group, WEIGHT_NAMES)) {
      weights.add(new Weight(weight, Hdf5Reader.findDataset(group, weight)));
    }
    return List.copyOf(weights);
  }

  /** Whether a group lists layers as the legacy layout does. */
  static boolean listedIn(Group group) {
    return has(group, LAYER_NAMES);
  }

  private static boolean has(Node node, String name) {
    return node.getAttribute(name) != null || node.getAttribute(name + 0) != null;
  }

  /** An attribute, or the attributes {@code name0}, {@code name1}, ... into which it is split. */
  private static List<String> names(Node node, String name) throws IOException {
    Attribute whole = node.getAttribute(name);
    if (whole != null) {
      return strings(whole);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; node.getAttribute(name + i) != null; i++) {
      names.addAll(strings(node.getAttribute(name + i)));
    }
    return names;
  }

  /** An empty attribute may be of any type: NumPy makes an empty list one of float64. */
  private static List<String> strings(Attribute attribute) throws IOException {
    Object data = attribute.getData();
    if (data == null) {
      return List.of();
    }
    if (data instanceof String[] strings) {
      return List.of(strings);
    }
    if (data instanceof String string) {
      return List.of(string);
    }
    throw new IOException(
        "attribute "
            + attribute.getName()
            + " of "
            + attribute.getNode().getPath()
            + ": expected strings, found "
            + data.getClass().getSimpleName());
  }
}
