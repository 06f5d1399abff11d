package io.github.lanewise.nn;

import java.util.List;

/** Keeps what is positive: {@code max(x, 0)}. */
public final class ReLU extends Layer {

  /** A relu layer. */
  public ReLU() {
    super(null);
  }

  /** Names the layer. */
  public ReLU name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Relu()));
  }

  @Override
  public String autoNamePrefix() {
    return "re_lu";
  }
}
