package io.github.lanewise.hdf5;

import io.github.lanewise.hdf5.LayerCalls.Callable;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerConfig;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model from the configuration of one: a functional or sequential model of Keras 1.2, 2 or
 * 3, with models as layers inside ({@code keras/src/models/functional.py}, {@code
 * functional_from_config}). The layers of an inner model become layers of the outer one, named
 * {@code inner/layer}; where it is called again, they are called again. The model lists its layers
 * in the configuration's order, since weights are numbered in that order.
 */
final class ModelConfigReader {

  /** Inner models that call inner models twice, and so on, grow without bound. */
  private static final int MAX_CALLS = 100_000;

  private final LayerTypes types;
  private final boolean beforeKeras3;
  private int calls;

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
    List<Node> outputs = build(config, new Made(""), List.of(), inputs);
    try {
      return new Model(name, inputs, outputs, ConfigOrder.of(config).layers());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What the layers of one model became, by their names, so that each is made once however often
   * the model is called.
   *
   * @param scope put before the names of layers
   */
  private record Made(String scope, Map<String, Callable> byName) {
    Made(String scope) {
      this(scope, new HashMap<>());
    }
  }

  /**
   * Builds a model on nodes.
   *
   * @param made the model's layers as far as they were made by earlier calls
   * @param given what the model is called on; empty for the outermost, which gets inputs of its own
   * @param inputs receives those
   * @return the outputs
   */
  private List<Node> build(Map<?, ?> config, Made made, List<Node> given, List<Node> inputs) {
    Object inner = config.get("config");
    return switch (String.valueOf(config.get("class_name"))) {
      case "Functional", "Model" ->
          functional(ConfigObjects.object(config, "config", "model"), made, given, inputs);
      case "Sequential" -> sequential(inner, made, given, inputs);
      default ->
          throw new ConfigException(
              "model: expected the class Functional, Model or Sequential, found "
                  + config.get("class_name"));
    };
  }

  /** Whether a class is a model's. */
  static boolean isModel(String className) {
    return List.of("Functional", "Model", "Sequential").contains(className);
  }

  private List<Node> sequential(
      @Nullable Object config, Made made, List<Node> given, List<Node> inputs) {
    Object layers = config instanceof Map<?, ?> map ? map.get("layers") : config;
    if (!(layers instanceof List<?> list) || list.isEmpty()) {
      throw new ConfigException("model: expected a list of layers, found " + layers);
    }
    List<Node> now = given;
    Set<String> names = new HashSet<>();
    for (Object element : list) {
      Map<?, ?> layer = ConfigObjects.asObject(element, "a layer of a sequential model");
      Map<?, ?> arguments = arguments(layer);
      boolean input = "InputLayer".equals(layer.get("class_name"));
      if (!input && !names.add(name(layer, arguments))) {
        throw twoLayers(name(layer, arguments));
      }
      if (now.isEmpty()) {
        Object shape = ConfigObjects.shape(arguments);
        if (shape == null && isModel(String.valueOf(layer.get("class_name")))) {
          now = callable(layer, made, inputs).on(List.of());
          continue;
        }
        if (shape == null && config instanceof Map<?, ?> map) {
          shape = map.get("build_input_shape");
        }
        Node node =
            ConfigObjects.input(shape, input ? ConfigObjects.name(made.scope(), arguments) : null);
        inputs.add(node);
        now = List.of(node);
      }
      if (!input) {
        now = callable(layer, made, inputs).on(now);
      }
    }
    return now;
  }

  private List<Node> functional(Map<?, ?> config, Made made, List<Node> given, List<Node> inputs) {
    LayerCalls calls = new LayerCalls();
    List<InboundNode.Ref> inputRefs =
        InboundNode.refs(ConfigObjects.required(config, "input_layers"));
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < inputRefs.size(); i++) {
      places.putIfAbsent(inputRefs.get(i).layer(), i);
    }
    List<InboundNode.Ref> outputRefs =
        InboundNode.refs(ConfigObjects.required(config, "output_layers"));
    List<InboundNode.Ref> refs = new ArrayList<>(outputRefs);
    List<String> models = new ArrayList<>();
    for (Object element : config.get("layers") instanceof List<?> list ? list : List.of()) {
      Map<?, ?> layer = ConfigObjects.asObject(element, "a layer");
      Map<?, ?> arguments = arguments(layer);
      String name = name(layer, arguments);
      if (calls.contains(name)) {
        throw twoLayers(name);
      }
      String className = String.valueOf(layer.get("class_name"));
      if ("InputLayer".equals(className)) {
        int place = places.getOrDefault(name, Integer.MAX_VALUE);
        calls.input(
            name,
            place < given.size()
                ? given.get(place)
                : ConfigObjects.input(ConfigObjects.shape(arguments), made.scope() + name));
      } else {
        List<InboundNode> inbound = InboundNode.all(layer.get("inbound_nodes"));
        inbound.forEach(node -> refs.addAll(node.inputs()));
        calls.layer(name, callable(layer, made, inputs), inbound);
        if (isModel(className)) {
          models.add(name);
        }
      }
    }
    calls.countCallsOfModels(models, refs);
    if (given.isEmpty()) {
      inputRefs.forEach(ref -> inputs.add(calls.get(ref)));
    }
    calls.connect();
    return outputRefs.stream().map(calls::get).toList();
  }

  /** Keras 1's sequential models have a list in place of arguments, and a name beside it. */
  private static Map<?, ?> arguments(Map<?, ?> layer) {
    boolean list =
        "Sequential".equals(layer.get("class_name")) && layer.get("config") instanceof List;
    return list ? Map.of() : ConfigObjects.object(layer, "config", "layer");
  }

  private static String name(Map<?, ?> layer, Map<?, ?> arguments) {
    return ConfigObjects.name("", layer.get("name") == null ? arguments : layer);
  }

  private static ConfigException twoLayers(String name) {
    return new ConfigException("model: two layers are named '" + name + "'");
  }

  /** The layer as it was made by an earlier call of the model, or as it is made now. */
  private Callable callable(Map<?, ?> layer, Made made, List<Node> inputs) {
    Map<?, ?> arguments = arguments(layer);
    String name = name(layer, arguments);
    Callable before = made.byName().get(name);
    if (before == null) {
      before = counted(make(layer, arguments, made.scope(), inputs));
      made.byName().put(name, before);
    }
    return before;
  }

  private Callable counted(Callable callable) {
    return on -> {
      if (++calls > MAX_CALLS) {
        throw new ConfigException("model: expected at most " + MAX_CALLS + " calls of layers");
      }
      return callable.on(on);
    };
  }

  private Callable make(Map<?, ?> layer, Map<?, ?> arguments, String scope, List<Node> inputs) {
    String className = Keras1Dialect.className(String.valueOf(layer.get("class_name")), arguments);
    if (isModel(className)) {
      String name = name(arguments.get("name") == null ? layer : arguments, arguments);
      Made inner = new Made(scope + name + "/");
      return on -> build(layer, inner, on, inputs);
    }
    LayerConfig operation = OperationDialect.config(layer, scope);
    if (operation != null) {
      Layer made = types.create(operation);
      return on -> List.of(made.on(on));
    }
    Map<String, @Nullable Object> values = Keras1Dialect.arguments(className, arguments);
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
}
