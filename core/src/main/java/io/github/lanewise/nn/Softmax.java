package io.github.lanewise.nn;

import java.util.List;

/** Softmax over the last dimension. */
public final class Softmax extends Layer {

  /** A softmax layer. */
  public Softmax() {
    super(null);
  }

  /** Names the layer. */
  public Softmax name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Softmax()));
  }
}
