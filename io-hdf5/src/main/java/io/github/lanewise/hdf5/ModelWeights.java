package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.TFOpLambda;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The weights that a file holds beside its model's configuration, by the model's layers: of Keras's
 * legacy layout, or of Keras 3's ({@code keras/src/saving/saving_lib.py}), in which a layer's
 * weights are {@code layers/<class>[_n]/vars/<i>}, the layers of a class being numbered in the
 * model's order; newer files have the layer's name there.
 */
final class ModelWeights {

  private ModelWeights() {}

  /**
   * Reads all weights of a model that was made from the same file.
   *
   * @param config of the model
   */
  static Map<Parameter, Tensor> read(Hdf5Reader file, Model model, Map<?, ?> config)
      throws IOException {
    List<KerasLayer> layers = layers(file, model, ConfigOrder.of(config).models());
    WeightMatching matching = WeightMatching.byName(model, layers, true);
    if (matching.misfits().rows() > 0) {
      throw new IOException(
          "the weights do not fit the model's configuration\n" + matching.misfits());
    }
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    for (var match : matching.matches().entrySet()) {
      values.put(match.getKey(), file.tensor(match.getValue()));
    }
    return values;
  }

  /**
   * The layers of a file of either layout, with the model's names where the file has none.
   *
   * @param models whether an inner model is sequential, by its scope; empty where that is not known
   */
  static List<KerasLayer> layers(Hdf5Reader file, Model model, Map<String, Boolean> models)
      throws IOException {
    Group root = file.root();
    boolean legacy =
        KerasLayer.listedIn(root) || Hdf5Reader.findGroup(root, "model_weights") != null;
    boolean keras3 = !legacy && Hdf5Reader.findGroup(root, "layers") != null;
    return keras3 ? Keras3Layers.in(root, model, models) : legacy(file, model);
  }

  /**
   * The layers of the file, those that stand for an inner model divided into its layers. A layer
   * that the file has under its whole name is in none, slash or not: Keras 2 allows them in names.
   */
  private static List<KerasLayer> legacy(Hdf5Reader file, Model model) throws IOException {
    List<KerasLayer> inFile = KerasLayer.in(file);
    Set<String> names = inFile.stream().map(KerasLayer::name).collect(Collectors.toSet());
    Map<String, List<Layer>> inner = new LinkedHashMap<>();
    for (Layer layer : model.layers()) {
      int slash = layer.name().indexOf('/');
      if (slash > 0 && !names.contains(layer.name())) {
        inner.computeIfAbsent(layer.name().substring(0, slash), n -> new ArrayList<>()).add(layer);
      }
    }
    List<KerasLayer> divided = new ArrayList<>();
    for (KerasLayer layer : inFile) {
      List<Layer> of = inner.get(layer.name());
      if (of == null) {
        divided.add(layer);
      } else {
        divided.addAll(divide(layer, of));
      }
    }
    return divided;
  }

  /** Keras lists what is trainable of an inner model before what is not. */
  private static List<KerasLayer> divide(KerasLayer whole, List<Layer> layers) throws IOException {
    Map<Parameter, KerasLayer.Weight> weights = new HashMap<>();
    List<Parameter> order = new ArrayList<>();
    layers.forEach(l -> order.addAll(l.trainableParameters()));
    for (Layer layer : layers) {
      layer.parameters().stream().filter(p -> !order.contains(p)).forEach(order::add);
    }
    if (order.size() != whole.weights().size()) {
      throw new IOException(
          "inner model '"
              + whole.name()
              + "': expected "
              + order.size()
              + " weights, found "
              + whole.weights().size());
    }
    for (int i = 0; i < order.size(); i++) {
      weights.put(order.get(i), whole.weights().get(i));
    }
    List<KerasLayer> divided = new ArrayList<>();
    for (Layer layer : layers) {
      divided.add(
          new KerasLayer(layer.name(), layer.parameters().stream().map(weights::get).toList()));
    }
    return divided;
  }

  /**
   * The layers in the order that the graph alone gives, as Keras will find it when it reads what is
   * written: models are written without inner ones.
   */
  static List<Layer> ofGraph(Model model) {
    return model.nodes().stream().map(Node::layer).distinct().toList();
  }

  /** Puts the weights of a model in Keras 3's layout; layers are called by their classes. */
  static void putKeras3(Hdf5Group root, Model model) {
    Map<String, Integer> numbers = new HashMap<>();
    for (Layer layer : ofGraph(model)) {
      if (layer instanceof TFOpLambda) {
        continue; // In Keras 3 it is no layer.
      }
      Hdf5Group vars = root.group("layers/" + Keras3Layers.nextKey(layer, numbers) + "/vars");
      for (int i = 0; i < layer.parameters().size(); i++) {
        vars.dataset(String.valueOf(i), layer.parameters().get(i).value());
      }
    }
    root.group("vars");
  }
}
