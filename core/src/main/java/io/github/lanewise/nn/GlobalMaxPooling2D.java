package io.github.lanewise.nn;

import java.util.List;

/** The maximum over all pixels: [n, h, w, c] to [n, c], or to [n, 1, 1, c]. */
public final class GlobalMaxPooling2D extends Layer {

  private boolean keepdims;

  /** A pooling over all pixels. */
  public GlobalMaxPooling2D() {
    super(null);
  }

  /** Whether the output keeps height and width, as 1; default false. */
  public GlobalMaxPooling2D keepdims(boolean keepdims) {
    requireUnbuilt("keepdims");
    this.keepdims = keepdims;
    return this;
  }

  /** Names the layer. */
  public GlobalMaxPooling2D name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.GlobalMaxPool2d(keepdims)));
  }
}
