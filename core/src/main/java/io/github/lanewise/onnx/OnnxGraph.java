package io.github.lanewise.onnx;

import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** An ONNX graph under construction: nodes, each after its inputs, and constants by name. */
final class OnnxGraph {

  final List<Value> inputs = new ArrayList<>();
  final List<Value> outputs = new ArrayList<>();
  final List<OnnxNode> nodes = new ArrayList<>();
  final Map<String, Initializer> initializers = new LinkedHashMap<>();

  private final Set<String> names = new HashSet<>();
  private final Map<Object, String> constants = new HashMap<>();

  /** The same value with its channels elsewhere, both ways, so that nothing is turned twice. */
  private final Map<String, String> turned = new HashMap<>();

  /** A name that nothing has yet: this one, or with a number behind. */
  String unique(String name) {
    String free = name;
    for (int i = 1; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** Adds a node; its value's name is the result. */
  String node(String name, String type, Map<String, Object> attributes, List<String> inputs) {
    String output = unique(name);
    nodes.add(new OnnxNode(type, inputs, output, attributes));
    return output;
  }

  /** A constant: its name, the same for an equal key. */
  String constant(Object key, String name, Supplier<Initializer> value) {
    return constants.computeIfAbsent(
        key,
        k -> {
          String free = unique(name);
          initializers.put(free, value.get());
          return free;
        });
  }

  /** Adds a constant that nobody else may have. */
  String constant(String name, Initializer value) {
    String free = unique(name);
    initializers.put(free, value);
    return free;
  }

  /** A constant: a number. */
  String number(float value) {
    return constant(value, "number/" + value, () -> Initializer.of(new float[] {value}, 0));
  }

  /** A value with its channels right after the batch, as it is below rank 3. */
  Value channelsFirst(Value value) {
    return value.rank() < 3 || value.channelsFirst() ? value : turn(value);
  }

  /** A value with its channels last. */
  Value channelsLast(Value value) {
    return value.channelsFirst() ? turn(value) : value;
  }

  private Value turn(Value value) {
    String name = turned.get(value.name());
    if (name == null) {
      boolean toFirst = !value.channelsFirst();
      long[] order = toFirst ? orderToFirst(value.rank()) : orderToLast(value.rank());
      String of = value.name() + (toFirst ? "/ToChannelsFirst" : "/ToChannelsLast");
      name = node(of, "Transpose", Map.of("perm", order), List.of(value.name()));
      turned.put(value.name(), name);
      turned.put(name, value.name());
    }
    return new Value(name, value.shape(), !value.channelsFirst());
  }

  private static long[] orderToFirst(int rank) {
    long[] order = new long[rank];
    order[1] = rank - 1L;
    for (int i = 2; i < rank; i++) {
      order[i] = i - 1L;
    }
    return order;
  }

  private static long[] orderToLast(int rank) {
    long[] order = new long[rank];
    order[rank - 1] = 1;
    for (int i = 1; i < rank - 1; i++) {
      order[i] = i + 1L;
    }
    return order;
  }

  /** Adds an input of the graph. */
  Value input(String name, Shape shape) {
    Value input = new Value(unique(name), shape, false);
    inputs.add(input);
    return input;
  }

  /** Makes a value an output of the graph, by this name where it is free. */
  void output(String name, Value value) {
    Value last = channelsLast(value);
    String output = node(name, "Identity", Map.of(), List.of(last.name()));
    outputs.add(new Value(output, last.shape(), false));
  }

  /** How often nodes take each value, counting an output of the graph as one more. */
  Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    nodes.forEach(n -> n.inputs().forEach(i -> uses.merge(i, 1, Integer::sum)));
    outputs.forEach(o -> uses.merge(o.name(), 1, Integer::sum));
    return uses;
  }

  /** Drops constants that no node takes. */
  void removeUnusedConstants() {
    initializers.keySet().retainAll(uses().keySet());
  }
}
