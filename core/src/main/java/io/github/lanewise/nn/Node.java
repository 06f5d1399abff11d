package io.github.lanewise.nn;

import io.github.lanewise.op.CounterRandom;
import io.github.lanewise.tensor.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call of a layer in a graph: its inputs and the shape of its output. Nodes are compared by
 * identity; a layer that is called twice has two nodes and one set of parameters.
 */
public final class Node {

  private final Layer layer;
  private final List<Node> inputs;
  private final Shape shape;
  private final long position;
  private final AtomicInteger uses = new AtomicInteger();

  private Node(Layer layer, List<Node> inputs, Shape shape, long position) {
    this.layer = layer;
    this.inputs = inputs;
    this.shape = shape;
    this.position = position;
  }

  /** A call of a layer; see {@link Layer#on}. */
  static Node of(Layer layer, List<Node> inputs) {
    long position = 0;
    for (Node input : inputs) {
      position = CounterRandom.bits(position ^ input.position, input.uses.getAndIncrement());
    }
    layer.setPosition(position);
    Shape shape = layer.outputShape(inputs.stream().map(Node::shape).toList());
    return new Node(layer, List.copyOf(inputs), shape, position);
  }

  /** An input of a graph. */
  static Node input(Input layer) {
    return new Node(layer, List.of(), layer.shape(), 0);
  }

  /** The layer called. */
  public Layer layer() {
    return layer;
  }

  /** The nodes whose outputs the layer is called on. */
  public List<Node> inputs() {
    return inputs;
  }

  /** The shape of the output; the batch, its first dimension, is unknown. */
  public Shape shape() {
    return shape;
  }

  @Override
  public String toString() {
    return layer + " " + shape;
  }
}
