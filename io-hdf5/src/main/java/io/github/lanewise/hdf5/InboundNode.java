package io.github.lanewise.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a layer in a configuration: the tensors that it is called on.
 *
 * @param inputs in order
 */
record InboundNode(List<Ref> inputs) {

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
        List<Ref> refs = new ArrayList<>();
        if (node instanceof Map<?, ?> call) {
          collectTensors(call.get("args"), refs);
          collectTensors(call.get("kwargs"), refs);
        } else {
          refs.addAll(refs(node));
        }
        nodes.add(new InboundNode(refs));
      }
    }
    return nodes;
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
