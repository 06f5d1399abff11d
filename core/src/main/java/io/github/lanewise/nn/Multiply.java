package io.github.lanewise.nn;

import java.util.List;

/** The product of its inputs, element by element; dimensions of 1 stretch. */
public final class Multiply extends Layer {

  /** A layer of two or more inputs. */
  public Multiply() {
    super(null);
  }

  /** Names the layer. */
  public Multiply name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Multiply()));
  }

  static Multiply fromConfig(LayerConfig config) {
    return new Multiply();
  }
}
