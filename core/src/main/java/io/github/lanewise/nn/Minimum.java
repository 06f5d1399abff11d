package io.github.lanewise.nn;

import java.util.List;

/** The least of its inputs, element by element; dimensions of 1 stretch. */
public final class Minimum extends Layer {

  /** A layer of two or more inputs. */
  public Minimum() {
    super(null);
  }

  /** Names the layer. */
  public Minimum name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Minimum()));
  }

  static Minimum fromConfig(LayerConfig config) {
    return new Minimum();
  }
}
