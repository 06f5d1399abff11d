package io.github.lanewise.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import java.util.List;

/**
 * A layer of a model and the nodes at which the model calls it.
 *
 * @param layer the layer
 * @param nodes its calls, at least one
 */
public record LayerCall(Layer layer, List<Node> nodes) {

  /**
   * The layer's output.
   *
   * @throws IllegalStateException if the model calls the layer more than once
   */
  public Node output() {
    if (nodes.size() != 1) {
      throw new IllegalStateException(
          "Layer '"
              + layer.name()
              + "' is called "
              + nodes.size()
              + " times: choose among nodes()");
    }
    return nodes.get(0);
  }

  /** Freezes or unfreezes the layer. */
  public void setTrainable(boolean trainable) {
    layer.setTrainable(trainable);
  }
}
