package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.TFOpLambda;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a model as Keras's {@code Functional.get_config} gives it: in the form of
 * Keras 2, which Keras 3 reads too, or in that of Keras 3.
 */
final class ModelConfigWriter {

  private final Model model;
  private final boolean keras3;
  private final Map<Node, Integer> calls = new HashMap<>();
  private final Map<Layer, String> names;

  private ModelConfigWriter(Model model, boolean keras3) {
    this.model = model;
    this.keras3 = keras3;
    this.names = names(model);
  }

  /** The configuration. */
  static Map<String, @Nullable Object> of(Model model, boolean keras3) {
    return new ModelConfigWriter(model, keras3).model();
  }

  /**
   * The names of a model's layers in a file: Keras 3 allows no slash in them, which the layers of
   * what was an inner model have here.
   */
  static Map<Layer, String> names(Model model) {
    Map<Layer, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    model.layers().stream().map(Layer::name).filter(n -> n.indexOf('/') < 0).forEach(taken::add);
    for (Layer layer : model.layers()) {
      String plain = layer.name().replace('/', '_');
      String name = plain;
      for (int i = 1; layer.name().indexOf('/') >= 0 && !taken.add(name); i++) {
        name = plain + "_" + i;
      }
      names.put(layer, name);
    }
    return names;
  }

  private String name(Layer layer) {
    return Objects.requireNonNull(names.get(layer));
  }

  private Map<String, @Nullable Object> model() {
    Map<Layer, List<Node>> nodes = new LinkedHashMap<>();
    for (Node node : model.nodes()) {
      List<Node> of = nodes.computeIfAbsent(node.layer(), l -> new ArrayList<>());
      calls.put(node, of.size());
      of.add(node);
    }
    List<Object> layers = new ArrayList<>();
    nodes.forEach((layer, of) -> layers.add(layer(layer, of)));
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", model.name());
    config.put("trainable", true);
    config.put("layers", layers);
    config.put("input_layers", model.inputs().stream().map(this::history).toList());
    config.put("output_layers", model.outputs().stream().map(this::history).toList());
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    if (keras3) {
      whole.put("module", "keras.src.models.functional");
    }
    whole.put("class_name", "Functional");
    whole.put("config", config);
    if (keras3) {
      whole.put("registered_name", "Functional");
    }
    return whole;
  }

  private Map<String, @Nullable Object> layer(Layer layer, List<Node> nodes) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    Map<String, @Nullable Object> given = new LinkedHashMap<>(layer.config().values());
    if (!keras3 && "hard_sigmoid".equals(given.get("activation"))) {
      throw new ConfigException(
          "Layer '"
              + layer.name()
              + "': hard_sigmoid is another function in Keras 2, whose form an .h5 has: save the model"
              + " as .keras");
    }
    if (keras3 && layer instanceof TFOpLambda) {
      return operation(layer, nodes);
    }
    given.keySet().removeAll(callArguments(layer));
    boolean input = nodes.get(0).inputs().isEmpty();
    if (input) {
      arguments.put(keras3 ? "batch_shape" : "batch_input_shape", batchShape(nodes.get(0)));
      arguments.put("dtype", "float32");
      arguments.put("sparse", false);
      arguments.put("name", name(layer));
    } else {
      given.remove("name");
      arguments.put("name", name(layer));
      arguments.put("trainable", given.remove("trainable"));
      arguments.put("dtype", "float32");
      arguments.putAll(given);
    }
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    if (keras3) {
      written.put("module", layer.kerasModule());
    }
    written.put("class_name", layer.kerasClassName());
    written.put("config", arguments);
    if (keras3) {
      written.put("registered_name", null);
    }
    written.put("name", name(layer));
    written.put("inbound_nodes", input ? List.of() : nodes.stream().map(this::inbound).toList());
    return written;
  }

  /** Arithmetic as Keras 3 writes it: no layer, but an operation. */
  private Map<String, @Nullable Object> operation(Layer layer, List<Node> nodes) {
    String function = layer.config().string("function", "");
    String className = OperationDialect.keras3Class(function);
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("name", name(layer));
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("module", OperationDialect.MODULE);
    written.put("class_name", className);
    written.put("config", arguments);
    written.put("registered_name", className);
    written.put("name", name(layer));
    written.put("inbound_nodes", nodes.stream().map(this::inbound).toList());
    return written;
  }

  /** What Keras keeps with the calls of a layer, not with the layer. */
  private static Set<String> callArguments(Layer layer) {
    return layer instanceof TFOpLambda ? Set.of("x", "y") : Set.of();
  }

  private Object inbound(Node node) {
    boolean operation = node.layer() instanceof TFOpLambda;
    if (!keras3 && operation) {
      List<List<Object>> inputs = node.inputs().stream().map(this::history).toList();
      return OperationDialect.keras2Call(node.layer().config().values(), inputs);
    }
    if (!keras3) {
      List<Object> inputs = new ArrayList<>();
      for (Node input : node.inputs()) {
        List<Object> reference = new ArrayList<>(history(input));
        reference.add(Map.of());
        inputs.add(reference);
      }
      return inputs;
    }
    List<Object> tensors = node.inputs().stream().map(this::tensor).toList();
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    if (operation) {
      call.put("args", OperationDialect.keras3Arguments(node.layer().config().values(), tensors));
    } else {
      call.put("args", tensors.size() == 1 ? tensors : List.of(tensors));
    }
    call.put("kwargs", Map.of());
    return call;
  }

  /** A tensor as Keras 3 writes it. */
  private Object tensor(Node node) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("shape", batchShape(node));
    config.put("dtype", "float32");
    config.put("keras_history", history(node));
    Map<String, @Nullable Object> tensor = new LinkedHashMap<>();
    tensor.put("class_name", "__keras_tensor__");
    tensor.put("config", config);
    return tensor;
  }

  private List<Object> history(Node node) {
    return List.of(name(node.layer()), calls.getOrDefault(node, 0), 0);
  }

  private static List<@Nullable Object> batchShape(Node node) {
    List<@Nullable Object> shape = new ArrayList<>();
    shape.add(null);
    for (int i = 1; i < node.shape().rank(); i++) {
      shape.add(node.shape().dim(i));
    }
    return shape;
  }
}
