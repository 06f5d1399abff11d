package io.github.lanewise.nn;

import java.util.List;

/** Averages over all pixels: [n, h, w, c] to [n, c]. */
public final class GlobalAveragePooling2D extends Layer {

  /** A global average pooling2d layer. */
  public GlobalAveragePooling2D() {
    super(null);
  }

  /** Names the layer. */
  public GlobalAveragePooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.GlobalAveragePool2d()));
  }
}
