package io.github.lanewise.nn;

import java.util.List;

/** The sum of its inputs, element by element; dimensions of 1 stretch. */
public final class Add extends Layer {

  /** A layer that adds. */
  public Add() {
    super(null);
  }

  /** Names the layer. */
  public Add name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Add()));
  }

  static Add fromConfig(LayerConfig config) {
    return new Add();
  }
}
