package io.github.lanewise.nn;

import java.util.List;

/** The mean of its inputs, element by element; dimensions of 1 stretch. */
public final class Average extends Layer {

  /** A layer of two or more inputs. */
  public Average() {
    super(null);
  }

  /** Names the layer. */
  public Average name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Average()));
  }

  static Average fromConfig(LayerConfig config) {
    return new Average();
  }
}
