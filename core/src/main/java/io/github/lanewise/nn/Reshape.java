package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import java.util.List;

/** Gives each sample another shape of the same size. */
public final class Reshape extends Layer {

  private final Shape targetShape;

  /**
   * Reshapes to samples of this shape; the batch is not part of it.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public Reshape(int... targetShape) {
    super(null);
    Arguments.atLeast(1, "target_shape", targetShape);
    this.targetShape = Shape.of(targetShape);
  }

  /** Names the layer. */
  public Reshape name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Reshape(targetShape)));
  }
}
