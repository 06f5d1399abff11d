package io.github.lanewise.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorting and naming of the nodes between a model's inputs and outputs. */
final class Graph {

  private Graph() {}

  /**
   * The nodes that the outputs need, each after its inputs, in the order in which Keras lists
   * layers: by depth (the longest way to an output, deepest first), and within a depth in the order
   * in which a depth-first walk from the outputs first meets their layers ({@code
   * keras/src/ops/function.py}, {@code map_graph}). A call of a layer lies at least as deep as the
   * deepest of its calls that were met before.
   *
   * @throws IllegalArgumentException if an output needs an input that is not among {@code inputs},
   *     or an input is not connected
   */
  static List<Node> sort(List<Node> inputs, List<Node> outputs) {
    Map<Node, Integer> position = new HashMap<>();
    List<Node> postOrder = postOrder(inputs, outputs, position);
    for (Node input : inputs) {
      if (!position.containsKey(input)) {
        throw new IllegalArgumentException(
            "Model: input " + input + " is not connected to any output");
      }
    }
    Map<Node, Integer> depth = new HashMap<>();
    Map<Layer, Integer> layerDepth = new HashMap<>();
    Map<Layer, Integer> layerPosition = new HashMap<>();
    position.forEach((node, place) -> layerPosition.merge(node.layer(), place, Math::min));
    for (int i = postOrder.size() - 1; i >= 0; i--) {
      Node node = postOrder.get(i);
      int own = layerDepth.merge(node.layer(), depth.getOrDefault(node, 0), Math::max);
      depth.put(node, own);
      if (inputs.contains(node)) {
        continue;
      }
      for (Node input : node.inputs()) {
        depth.merge(input, own + 1, Math::max);
      }
    }
    List<Node> sorted = new ArrayList<>(postOrder);
    sorted.sort(
        Comparator.<Node>comparingInt(n -> -depth.getOrDefault(n, 0))
            .thenComparingInt(n -> layerPosition.getOrDefault(n.layer(), 0))
            .thenComparingInt(n -> position.getOrDefault(n, 0)));
    return List.copyOf(sorted);
  }

  /**
   * The nodes above the inputs in depth-first post-order, without recursion: graphs may be deep.
   *
   * @param position receives each node's place in the pre-order of the same walk
   */
  private static List<Node> postOrder(
      List<Node> inputs, List<Node> outputs, Map<Node, Integer> position) {
    Set<Node> stops = new HashSet<>();
    stops.addAll(inputs);
    List<Node> order = new ArrayList<>();
    record Visit(Node node, int next) {}
    for (Node output : outputs) {
      Deque<Visit> stack = new ArrayDeque<>();
      if (position.putIfAbsent(output, position.size()) == null) {
        stack.push(new Visit(output, 0));
      }
      while (!stack.isEmpty()) {
        Visit visit = stack.pop();
        Node node = visit.node();
        boolean stop = stops.contains(node);
        if (!stop && node.inputs().isEmpty()) {
          throw new IllegalArgumentException(
              "Model: the outputs need " + node + ", which is not among the inputs");
        }
        if (stop || visit.next() == node.inputs().size()) {
          order.add(node);
          continue;
        }
        stack.push(new Visit(node, visit.next() + 1));
        Node input = node.inputs().get(visit.next());
        if (position.putIfAbsent(input, position.size()) == null) {
          stack.push(new Visit(input, 0));
        }
      }
    }
    return order;
  }

  /**
   * Names the layers that have no name, numbering them within this graph as Keras does: {@code
   * conv2d}, {@code conv2d_1}, ...; inputs count from 1.
   *
   * @throws IllegalArgumentException if two layers have the same name
   */
  static Map<String, Layer> nameLayers(List<Node> nodes) {
    Map<String, Layer> byName = new HashMap<>();
    Set<Layer> layers = new HashSet<>();
    List<Layer> ordered = new ArrayList<>();
    for (Node node : nodes) {
      if (layers.add(node.layer())) {
        ordered.add(node.layer());
      }
    }
    for (Layer layer : ordered) {
      String name = layer.givenName();
      if (name != null && byName.put(name, layer) != null) {
        throw new IllegalArgumentException("Model: two layers are named '" + name + "'");
      }
    }
    Map<String, Integer> next = new HashMap<>();
    for (Layer layer : ordered) {
      if (layer.givenName() == null) {
        String prefix = layer.autoNamePrefix();
        String name;
        do {
          int number = next.merge(prefix, 1, Integer::sum) - (prefix.equals("input") ? 0 : 1);
          name = number == 0 ? prefix : prefix + "_" + number;
        } while (byName.containsKey(name));
        layer.assignName(name);
        byName.put(name, layer);
      }
    }
    return byName;
  }
}
