package io.github.lanewise.nn;

import java.util.List;

/** Flattens all dimensions but the batch: [n, ...] to [n, size]. */
public final class Flatten extends Layer {

  /** A flattening layer. */
  public Flatten() {
    super(null);
  }

  /** Names the layer. */
  public Flatten name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Flatten()));
  }
}
