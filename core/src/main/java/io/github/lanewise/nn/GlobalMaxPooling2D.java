package io.github.lanewise.nn;

import java.util.List;

/** The maximum over all pixels: [n, h, w, c] to [n, c]. */
public final class GlobalMaxPooling2D extends Layer {

  /** A global max pooling2d layer. */
  public GlobalMaxPooling2D() {
    super(null);
  }

  /** Names the layer. */
  public GlobalMaxPooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.GlobalMaxPool2d()));
  }
}
