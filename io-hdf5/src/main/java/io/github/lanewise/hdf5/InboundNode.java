package io.github.lanewise.hdf5;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a layer in a configuration: the tensors that it is called on.
 *
 * @param inputs in order
 * @param constants the other arguments that are not null, by their names; the first two are x and y
 */
record InboundNode(List<Ref> inputs, Map<String, Object> constants) {

  /** What Keras 2 writes in place of a layer where a call's first argument is a constant. */
  static final String CONSTANT = "_CONSTANT_VALUE";

  /**
   * A tensor.
   *
   * @param layer the layer whose output it is
   * @param call which of the layer's calls
   * @param output which of the call's outputs
   */
  record Ref(String layer, int call, int output) {}

  /** All calls of a layer, of Keras 2's form or Keras 3's. */
  static List<InboundNode> all(@Nullable Object inboundNodes) {
    List<InboundNode> nodes = new ArrayList<>();
    if (inboundNodes instanceof List<?> list) {
      for (Object node : list) {
        nodes.add(
            node instanceof Map<?, ?> call && call.containsKey("args")
                ? keras3(call)
                : keras2(node));
      }
    }
    return nodes;
  }

  /** Keras 2 writes the arguments behind the first one with each tensor of the first. */
  private static InboundNode keras2(@Nullable Object node) {
    List<Ref> inputs = new ArrayList<>();
    Map<String, Object> constants = new LinkedHashMap<>();
    List<?> first = firstTensor(node);
    if (first.size() > 2 && CONSTANT.equals(first.get(0))) {
      put("x", first.get(2), constants);
    } else {
      inputs.addAll(refs(node));
    }
    if (first.size() > 3 && first.get(3) instanceof Map<?, ?> others) {
      others.forEach(
          (name, value) -> {
            List<Ref> tensors = refs(value);
            inputs.addAll(tensors);
            put(String.valueOf(name), tensors.isEmpty() ? value : null, constants);
          });
    }
    return new InboundNode(inputs, constants);
  }

  /** The first [layer, call, output, ...] of a node; empty where there is none. */
  private static List<?> firstTensor(@Nullable Object node) {
    if (!(node instanceof List<?> list) || list.isEmpty()) {
      return List.of();
    }
    return list.get(0) instanceof List<?> inner ? firstTensor(inner) : list;
  }

  private static InboundNode keras3(Map<?, ?> call) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (call.get("args") instanceof List<?> list) {
      for (Object argument : list) {
        int place = arguments.size();
        arguments.put(place == 0 ? "x" : place == 1 ? "y" : "argument " + place, argument);
      }
    }
    if (call.get("kwargs") instanceof Map<?, ?> others) {
      others.forEach((name, value) -> arguments.put(keras3Name(String.valueOf(name)), value));
    }
    List<Ref> inputs = new ArrayList<>();
    Map<String, Object> constants = new LinkedHashMap<>();
    arguments.forEach(
        (name, value) -> {
          int before = inputs.size();
          collectTensors(value, inputs);
          put(name, inputs.size() > before ? null : value, constants);
        });
    return new InboundNode(inputs, constants);
  }

  private static String keras3Name(String name) {
    return name.equals("x1") ? "x" : name.equals("x2") ? "y" : name;
  }

  /** Puts an argument that is a constant; arrays count as lists. */
  private static void put(String name, @Nullable Object value, Map<String, Object> constants) {
    Object constant = value;
    if (value instanceof Map<?, ?> map
        && ("__numpy__".equals(map.get("class_name")) || "__tensor__".equals(map.get("class_name")))
        && map.get("config") instanceof Map<?, ?> config) {
      constant = config.get("value");
    }
    if (constant != null) {
      constants.put(name, constant);
    }
  }

  /** Keras 3's tensors: objects of the class __keras_tensor__ with a keras_history. */
  private static void collectTensors(@Nullable Object value, List<Ref> refs) {
    if (value instanceof List<?> list) {
      list.forEach(element -> collectTensors(element, refs));
    } else if (value instanceof Map<?, ?> map) {
      if ("__keras_tensor__".equals(map.get("class_name"))
          && map.get("config") instanceof Map<?, ?> config) {
        refs.addAll(refs(config.get("keras_history")));
      } else {
        map.values().forEach(element -> collectTensors(element, refs));
      }
    }
  }

  /** Tensors as [layer, call, output, ...] or lists or maps of such. */
  static List<Ref> refs(@Nullable Object value) {
    List<Ref> refs = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(element -> refs.addAll(refs(element)));
    } else if (value instanceof List<?> list) {
      if (list.size() >= 3
          && list.get(0) instanceof String layer
          && list.get(1) instanceof Number call
          && list.get(2) instanceof Number output) {
        refs.add(new Ref(layer, call.intValue(), output.intValue()));
      } else {
        list.forEach(element -> refs.addAll(refs(element)));
      }
    }
    return refs;
  }
}
