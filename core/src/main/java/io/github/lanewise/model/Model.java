package io.github.lanewise.model;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A graph of layers between inputs and outputs, sorted once. Models share layers, and so weights: a
 * model cut at {@code layer("mixed7").output()} is a new {@code Model} on the same layers.
 *
 * <p>{@link #forward} and reading weights are safe for use by several threads while nobody changes
 * the weights.
 */
public final class Model {

  private final String name;
  private final List<Node> inputs;
  private final List<Node> outputs;
  private final List<Node> nodes;
  private final List<Layer> layers;
  private final Map<String, Layer> byName;

  /**
   * A model between nodes.
   *
   * @throws IllegalArgumentException if they are not connected, or two layers have the same name
   */
  public Model(Node input, Node output) {
    this("model", List.of(input), List.of(output));
  }

  /**
   * A model between nodes, with a name.
   *
   * @throws IllegalArgumentException if they are not connected, or two layers have the same name
   */
  public Model(String name, List<Node> inputs, List<Node> outputs) {
    this(name, inputs, outputs, List.of());
  }

  /**
   * A model between nodes that lists its layers in an order of one's own, such as a file's.
   *
   * @param order names of layers; layers that it does not name come first, in Keras's order
   * @throws IllegalArgumentException if they are not connected, or two layers have the same name
   */
  public Model(String name, List<Node> inputs, List<Node> outputs, List<String> order) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.nodes = Graph.sort(this.inputs, this.outputs);
    this.byName = Graph.nameLayers(nodes);
    LinkedHashSet<Layer> distinct = new LinkedHashSet<>();
    Set<String> named = Set.copyOf(order);
    nodes.stream()
        .map(Node::layer)
        .filter(layer -> !named.contains(layer.name()))
        .forEach(distinct::add);
    order.stream().map(byName::get).filter(Objects::nonNull).forEach(distinct::add);
    this.layers = List.copyOf(distinct);
  }

  /** The model's name; {@code model} where none was given. */
  public String name() {
    return name;
  }

  /** The input nodes. */
  public List<Node> inputs() {
    return inputs;
  }

  /** The output nodes. */
  public List<Node> outputs() {
    return outputs;
  }

  /**
   * The only input.
   *
   * @throws IllegalStateException if there are several
   */
  public Node input() {
    return only(inputs, "inputs");
  }

  /**
   * The only output.
   *
   * @throws IllegalStateException if there are several
   */
  public Node output() {
    return only(outputs, "outputs");
  }

  private Node only(List<Node> of, String what) {
    if (of.size() != 1) {
      throw new IllegalStateException("Model '" + name + "' has " + of.size() + " " + what);
    }
    return of.get(0);
  }

  /** All nodes, each after its inputs. */
  public List<Node> nodes() {
    return nodes;
  }

  /** All layers in Keras's order, or in that which was given; inputs included. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The place of a layer in this model.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists near names
   */
  public LayerCall layer(String layerName) {
    Layer layer = byName.get(layerName);
    if (layer == null) {
      throw new IllegalArgumentException(
          "Model '"
              + name
              + "': no layer '"
              + layerName
              + "'; near: "
              + NearNames.of(layerName, byName.keySet()));
    }
    return new LayerCall(layer, nodes.stream().filter(n -> n.layer() == layer).toList());
  }

  /** Freezes or unfreezes all layers. */
  public void setTrainable(boolean trainable) {
    layers.forEach(l -> l.setTrainable(trainable));
  }

  /** All parameters, layer by layer. */
  public List<Parameter> parameters() {
    return layers.stream().flatMap(l -> l.parameters().stream()).toList();
  }

  /** The parameters that an optimizer updates. */
  public List<Parameter> trainableParameters() {
    return layers.stream().flatMap(l -> l.trainableParameters().stream()).toList();
  }

  /** Overwrites the weights with those of a source; all or none. */
  public void loadWeights(WeightSource source) {
    source.load(this);
  }

  /**
   * The only output in inference mode, layer by layer. {@code InferencePlan} is faster.
   *
   * @param tensors one for each input
   * @throws ShapeException if they do not fit the inputs
   */
  public Tensor forward(Tensor... tensors) {
    if (tensors.length != inputs.size()) {
      throw new ShapeException(
          "Model '" + name + "': expected " + inputs.size() + " inputs, found " + tensors.length);
    }
    Map<Node, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < tensors.length; i++) {
      requireFits(inputs.get(i), tensors[i].shape());
      feeds.put(inputs.get(i), tensors[i]);
    }
    Node output = output();
    return forward(new Tape(Compute.standard()), feeds, List.of(output), false).get(0);
  }

  /**
   * The outputs of nodes, computed from those of others. What else is computed is released after
   * its last use.
   *
   * @param feeds what is known; nodes below these are not computed
   * @param wanted the nodes to compute
   * @param training whether in training mode
   */
  public List<Tensor> forward(
      Tape tape, Map<Node, Tensor> feeds, Collection<Node> wanted, boolean training) {
    return forward(tape, feeds, wanted, training, Set.of());
  }

  /**
   * The same, in {@linkplain Tape#beginSegment segments}, each of which ends with one of some
   * nodes: the outputs of these are kept for the way back, and what lies between them is computed
   * again.
   *
   * @param segmentEnds the nodes; those that are not computed do not matter
   */
  public List<Tensor> forward(
      Tape tape,
      Map<Node, Tensor> feeds,
      Collection<Node> wanted,
      boolean training,
      Set<Node> segmentEnds) {
    Map<Node, Tensor> values = new HashMap<>(feeds);
    var needed = new HashSet<Node>();
    needed.addAll(wanted);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node) && !values.containsKey(node)) {
        needed.addAll(node.inputs());
      }
    }
    needed.removeAll(feeds.keySet());
    var ends = new HashSet<Node>(segmentEnds);
    ends.retainAll(needed);
    if (!ends.isEmpty()) {
      tape.beginSegment();
    }
    Map<Node, Integer> uses = new HashMap<>();
    for (Node node : nodes) {
      if (needed.contains(node)) {
        node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
    for (Node node : nodes) {
      if (needed.contains(node)) {
        List<Tensor> arguments = new ArrayList<>();
        for (Node input : node.inputs()) {
          arguments.add(known(values, input));
        }
        if (arguments.isEmpty()) {
          throw new IllegalArgumentException("Model '" + name + "': no value for " + node);
        }
        values.put(node, node.layer().forward(tape, arguments, training));
        for (Node input : node.inputs()) {
          boolean lastUse = uses.merge(input, -1, Integer::sum) == 0;
          if (lastUse && !wanted.contains(input) && !feeds.containsKey(input)) {
            tape.release(known(values, input));
          }
        }
        if (ends.remove(node)) {
          tape.endSegment();
          if (!ends.isEmpty()) {
            tape.beginSegment();
          }
        }
      }
    }
    return wanted.stream().map(n -> known(values, n)).toList();
  }

  private Tensor known(Map<Node, Tensor> values, Node node) {
    Tensor value = values.get(node);
    if (value == null) {
      throw new IllegalArgumentException("Model '" + name + "': no value for " + node);
    }
    return value;
  }

  private void requireFits(Node input, Shape found) {
    if (found.rank() != input.shape().rank()
        || !found.withoutBatch().equals(input.shape().withoutBatch())) {
      throw new ShapeException(
          "Model '"
              + name
              + "', input '"
              + input.layer().name()
              + "': expected "
              + input.shape()
              + ", found "
              + found);
    }
  }

  /** A table of the layers, as Keras prints it. */
  public String summary() {
    return Summary.of(this);
  }

  @Override
  public String toString() {
    return "Model '" + name + "' of " + layers.size() + " layers";
  }
}
