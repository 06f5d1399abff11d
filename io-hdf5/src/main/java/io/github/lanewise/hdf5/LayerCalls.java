package io.github.lanewise.hdf5;

import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a functional model's layers, in any order: each is done as soon as what it is called
 * on is there. Takes time in proportion to the number of calls.
 */
final class LayerCalls {

  /** Something that can be called on nodes: a layer or a model. */
  @FunctionalInterface
  interface Callable {
    /** Calls it; the outputs. */
    List<Node> on(List<Node> inputs);
  }

  private final Map<String, Callable> callables = new HashMap<>();
  private final Map<String, Deque<InboundNode>> pending = new LinkedHashMap<>();
  private final Map<String, List<List<Node>>> done = new HashMap<>();
  private final Map<String, Integer> firstCalls = new HashMap<>();

  /** Whether a layer of this name is there. */
  boolean contains(String name) {
    return pending.containsKey(name) || done.containsKey(name);
  }

  /** Puts an input. */
  void input(String name, Node node) {
    done.put(name, List.of(List.of(node)));
  }

  /** Puts a layer that is to be called. */
  void layer(String name, Callable callable, List<InboundNode> calls) {
    callables.put(name, callable);
    pending.put(name, new ArrayDeque<>(calls));
  }

  /**
   * Keras counts an inner model's calls from 1 where its own making was call 0.
   *
   * @param refs all tensors of the outer model
   */
  void countCallsOfModels(List<String> models, List<InboundNode.Ref> refs) {
    Map<String, Integer> least = new HashMap<>();
    refs.forEach(ref -> least.merge(ref.layer(), ref.call(), Math::min));
    for (String name : models) {
      firstCalls.put(name, Math.min(1, least.getOrDefault(name, 0)));
    }
  }

  /**
   * Does all calls.
   *
   * @throws ConfigException naming the layer, if what it is called on is missing, or is made from
   *     its own output
   */
  void connect() {
    Deque<String> ready = new ArrayDeque<>(pending.keySet());
    Map<String, List<String>> waiting = new HashMap<>();
    while (!ready.isEmpty()) {
      String name = ready.remove();
      Deque<InboundNode> calls = Objects.requireNonNull(pending.get(name));
      while (!calls.isEmpty()) {
        InboundNode call = calls.element();
        InboundNode.Ref missing = missing(call);
        if (missing != null) {
          waiting.computeIfAbsent(missing.layer(), n -> new ArrayList<>()).add(name);
          break;
        }
        List<Node> inputs = call.inputs().stream().map(this::get).toList();
        if (inputs.isEmpty()) {
          throw new ConfigException("Layer '" + name + "': is called on nothing");
        }
        Callable callable = Objects.requireNonNull(callables.get(name));
        done.computeIfAbsent(name, n -> new ArrayList<>()).add(callable.on(inputs));
        calls.remove();
        ready.addAll(Objects.requireNonNullElse(waiting.remove(name), List.of()));
      }
    }
    pending.forEach(
        (name, calls) -> {
          if (!calls.isEmpty()) {
            throw new ConfigException(
                "Layer '"
                    + name
                    + "': is called on "
                    + calls.element().inputs()
                    + ", of which one is missing or needs this layer itself");
          }
        });
  }

  private InboundNode.@Nullable Ref missing(InboundNode call) {
    for (InboundNode.Ref ref : call.inputs()) {
      if (find(ref) == null) {
        return ref;
      }
    }
    return null;
  }

  private @Nullable Node find(InboundNode.Ref ref) {
    List<List<Node>> of = done.getOrDefault(ref.layer(), List.of());
    int call = ref.call() - firstCalls.getOrDefault(ref.layer(), 0);
    if (call < 0 || call >= of.size()) {
      return null;
    }
    List<Node> outputs = of.get(call);
    return ref.output() >= 0 && ref.output() < outputs.size() ? outputs.get(ref.output()) : null;
  }

  /**
   * The tensor that an input or output of the model is.
   *
   * @throws ConfigException if there is none
   */
  Node get(InboundNode.Ref ref) {
    Node node = find(ref);
    if (node == null) {
      throw new ConfigException(
          "model: an input or output is " + ref + ", but there is no such tensor");
    }
    return node;
  }
}
