package io.github.lanewise.nn;

import java.util.List;

/** The first of its two inputs less the second, element by element; dimensions of 1 stretch. */
public final class Subtract extends Layer {

  /** A layer of two inputs. */
  public Subtract() {
    super(null);
  }

  /** Names the layer. */
  public Subtract name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Subtract()));
  }

  static Subtract fromConfig(LayerConfig config) {
    return new Subtract();
  }
}
