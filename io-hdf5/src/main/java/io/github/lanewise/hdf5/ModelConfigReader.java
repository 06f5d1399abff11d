package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerConfig;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model from the configuration of one: a functional or sequential model of Keras 1.2, 2 or
 * 3, with models as layers inside ({@code keras/src/models/functional.py}, {@code
 * functional_from_config}). The layers of an inner model become layers of the outer one, named
 * {@code inner/layer}.
 */
final class ModelConfigReader {

  private final LayerTypes types;
  private final boolean beforeKeras3;

  /**
   * A reader.
   *
   * @param kerasVersion of what wrote the configuration; null where that is not known
   */
  ModelConfigReader(LayerTypes types, @Nullable String kerasVersion) {
    this.types = types;
    this.beforeKeras3 = kerasVersion != null && kerasVersion.matches("[12]\\..*");
  }

  /**
   * The model.
   *
   * @param config an object with class_name and config
   * @throws ConfigException naming the layer and what is wrong
   */
  Model read(Map<?, ?> config) {
    boolean named = config.get("config") instanceof Map<?, ?> inner && inner.get("name") != null;
    String name =
        named ? ConfigObjects.name("", ConfigObjects.object(config, "config", "model")) : "model";
    List<Node> inputs = new ArrayList<>();
    List<Node> outputs = build(config, "", List.of(), inputs);
    return new Model(name, inputs, outputs);
  }

  /** Something that can be called on nodes: a layer or a model. */
  private interface Callable {
    List<Node> on(List<Node> inputs);
  }

  /**
   * Builds a model on nodes.
   *
   * @param scope put before the names of layers
   * @param given what the model is called on; empty for the outermost, which gets inputs of its own
   * @param inputs receives those
   * @return the outputs
   */
  private List<Node> build(Map<?, ?> config, String scope, List<Node> given, List<Node> inputs) {
    Object inner = config.get("config");
    return switch (String.valueOf(config.get("class_name"))) {
      case "Functional", "Model" ->
          functional(ConfigObjects.object(config, "config", "model"), scope, given, inputs);
      case "Sequential" -> sequential(inner, scope, given, inputs);
      default ->
          throw new ConfigException(
              "model: expected the class Functional, Model or Sequential, found "
                  + config.get("class_name"));
    };
  }

  private static boolean isModel(String className) {
    return List.of("Functional", "Model", "Sequential").contains(className);
  }

  private List<Node> sequential(
      @Nullable Object config, String scope, List<Node> given, List<Node> inputs) {
    Object layers = config instanceof Map<?, ?> map ? map.get("layers") : config;
    if (!(layers instanceof List<?> list) || list.isEmpty()) {
      throw new ConfigException("model: expected a list of layers, found " + layers);
    }
    List<Node> now = given;
    for (Object element : list) {
      Map<?, ?> layer = ConfigObjects.asObject(element, "a layer of a sequential model");
      Map<?, ?> arguments = ConfigObjects.object(layer, "config", "layer");
      boolean input = "InputLayer".equals(layer.get("class_name"));
      if (now.isEmpty()) {
        Object shape = ConfigObjects.shape(arguments);
        if (shape == null && isModel(String.valueOf(layer.get("class_name")))) {
          now = build(layer, ConfigObjects.scope(scope, arguments), List.of(), inputs);
          continue;
        }
        if (shape == null && config instanceof Map<?, ?> map) {
          shape = map.get("build_input_shape");
        }
        Node node = ConfigObjects.input(shape, input ? ConfigObjects.name(scope, arguments) : null);
        inputs.add(node);
        now = List.of(node);
      }
      if (!input) {
        now = callable(layer, scope, inputs).on(now);
      }
    }
    return now;
  }

  private List<Node> functional(
      Map<?, ?> config, String scope, List<Node> given, List<Node> inputs) {
    Map<String, List<InboundNode>> pending = new LinkedHashMap<>();
    Map<String, Callable> callables = new HashMap<>();
    Map<String, List<List<Node>>> calls = new HashMap<>();
    List<InboundNode.Ref> inputRefs =
        InboundNode.refs(ConfigObjects.required(config, "input_layers"));
    List<?> layers = config.get("layers") instanceof List<?> list ? list : List.of();
    Map<String, Integer> firstCall = firstCalls(config, layers);
    for (Object element : layers) {
      Map<?, ?> layer = ConfigObjects.asObject(element, "a layer");
      Map<?, ?> arguments = ConfigObjects.object(layer, "config", "layer");
      String name =
          layer.get("name") instanceof String s ? s : String.valueOf(arguments.get("name"));
      if (callables.containsKey(name) || calls.containsKey(name)) {
        throw new ConfigException("model: two layers are named '" + name + "'");
      }
      if ("InputLayer".equals(layer.get("class_name"))) {
        int place = InboundNode.place(inputRefs, name);
        if (place >= 0 && place < given.size()) {
          calls.put(name, List.of(List.of(given.get(place))));
        } else {
          Node node = ConfigObjects.input(ConfigObjects.shape(arguments), scope + name);
          calls.put(name, List.of(List.of(node)));
        }
      } else {
        callables.put(name, callable(layer, scope, inputs));
        pending.put(name, new ArrayList<>(InboundNode.all(layer.get("inbound_nodes"))));
      }
    }
    if (given.isEmpty()) {
      for (InboundNode.Ref ref : inputRefs) {
        inputs.add(lookUp(calls, firstCall, ref));
      }
    }
    connect(pending, callables, calls, firstCall);
    List<Node> outputs = new ArrayList<>();
    for (InboundNode.Ref ref : InboundNode.refs(ConfigObjects.required(config, "output_layers"))) {
      outputs.add(lookUp(calls, firstCall, ref));
    }
    return outputs;
  }

  /** Calls the layers, each as soon as what it is called on is there. */
  private static void connect(
      Map<String, List<InboundNode>> pending,
      Map<String, Callable> callables,
      Map<String, List<List<Node>>> calls,
      Map<String, Integer> firstCall) {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (var entry : pending.entrySet()) {
        List<InboundNode> nodes = entry.getValue();
        List<Node> inputs = nodes.isEmpty() ? null : known(calls, firstCall, nodes.get(0));
        while (inputs != null) {
          Callable callable = Objects.requireNonNull(callables.get(entry.getKey()));
          calls.computeIfAbsent(entry.getKey(), n -> new ArrayList<>()).add(callable.on(inputs));
          nodes.remove(0);
          progress = true;
          inputs = nodes.isEmpty() ? null : known(calls, firstCall, nodes.get(0));
        }
      }
    }
    pending.forEach(
        (name, nodes) -> {
          if (!nodes.isEmpty()) {
            throw new ConfigException(
                "Layer '"
                    + name
                    + "': is called on "
                    + nodes.get(0).inputs()
                    + ", of which one is missing or needs this layer itself");
          }
        });
  }

  private static @Nullable List<Node> known(
      Map<String, List<List<Node>>> calls, Map<String, Integer> firstCall, InboundNode node) {
    List<Node> inputs = new ArrayList<>();
    for (InboundNode.Ref ref : node.inputs()) {
      Node found = find(calls, firstCall, ref);
      if (found == null) {
        return null;
      }
      inputs.add(found);
    }
    return inputs;
  }

  private static @Nullable Node find(
      Map<String, List<List<Node>>> calls, Map<String, Integer> firstCall, InboundNode.Ref ref) {
    List<List<Node>> of = calls.getOrDefault(ref.layer(), List.of());
    int call = ref.call() - firstCall.getOrDefault(ref.layer(), 0);
    if (call < 0 || call >= of.size()) {
      return null;
    }
    List<Node> outputs = of.get(call);
    return ref.output() >= 0 && ref.output() < outputs.size() ? outputs.get(ref.output()) : null;
  }

  private static Node lookUp(
      Map<String, List<List<Node>>> calls, Map<String, Integer> firstCall, InboundNode.Ref ref) {
    Node node = find(calls, firstCall, ref);
    if (node == null) {
      throw new ConfigException(
          "model: an input or output is " + ref + ", but there is no such tensor");
    }
    return node;
  }

  /** Keras counts an inner model's calls from 1: its own making was call 0. */
  private static Map<String, Integer> firstCalls(Map<?, ?> config, List<?> layers) {
    Map<String, Integer> least = new HashMap<>();
    List<InboundNode.Ref> refs = new ArrayList<>(InboundNode.refs(config.get("output_layers")));
    for (Object element : layers) {
      if (element instanceof Map<?, ?> layer) {
        InboundNode.all(layer.get("inbound_nodes")).forEach(node -> refs.addAll(node.inputs()));
      }
    }
    for (Object element : layers) {
      if (element instanceof Map<?, ?> layer
          && isModel(String.valueOf(layer.get("class_name")))
          && layer.get("config") instanceof Map<?, ?> inner) {
        String name =
            String.valueOf(layer.get("name") == null ? inner.get("name") : layer.get("name"));
        refs.stream()
            .filter(ref -> ref.layer().equals(name))
            .mapToInt(InboundNode.Ref::call)
            .min()
            .ifPresent(first -> least.put(name, Math.min(first, 1)));
      }
    }
    return least;
  }

  private Callable callable(Map<?, ?> layer, String scope, List<Node> inputs) {
    Map<?, ?> arguments = ConfigObjects.object(layer, "config", "layer");
    String className = Keras1Dialect.className(String.valueOf(layer.get("class_name")), arguments);
    if (isModel(className)) {
      InnerModel inner = new InnerModel(layer, ConfigObjects.scope(scope, arguments), inputs);
      return inner::on;
    }
    LayerConfig operation = OperationDialect.config(layer, scope);
    if (operation != null) {
      Layer made = types.create(operation);
      return on -> List.of(made.on(on));
    }
    Map<String, @Nullable Object> values = Keras1Dialect.arguments(arguments);
    values.put("name", ConfigObjects.name(scope, arguments));
    if (beforeKeras3 && "hard_sigmoid".equals(values.get("activation"))) {
      throw new ConfigException(
          "Layer '"
              + values.get("name")
              + "': Keras 2's hard_sigmoid, 0.2 x + 0.5, is not supported, only Keras 3's, x / 6 + 0.5");
    }
    Layer made = types.create(LayerConfig.of(className, values));
    return on -> List.of(made.on(on));
  }

  /** A model that is called as a layer; called again, it shares its layers. */
  private final class InnerModel {
    private final Map<?, ?> config;
    private final String scope;
    private final List<Node> inputs;
    private boolean called;

    InnerModel(Map<?, ?> config, String scope, List<Node> inputs) {
      this.config = config;
      this.scope = scope;
      this.inputs = inputs;
    }

    List<Node> on(List<Node> given) {
      if (called) {
        throw new ConfigException(
            "Layer '" + scope + "': an inner model that is called more than once is not supported");
      }
      called = true;
      return build(config, scope, given, inputs);
    }
  }
}
