package io.github.lanewise.nn;

import java.util.List;

/** The greatest of its inputs, element by element; dimensions of 1 stretch. */
public final class Maximum extends Layer {

  /** A layer of two or more inputs. */
  public Maximum() {
    super(null);
  }

  /** Names the layer. */
  public Maximum name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Maximum()));
  }

  static Maximum fromConfig(LayerConfig config) {
    return new Maximum();
  }
}
