package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each sample another shape of the same size. */
public final class Reshape extends Layer {

  private static final int INFERRED = -1;

  private final int[] targetShape;
  private Shape resolved = Shape.of();

  /**
   * Reshapes to samples of this shape; the batch is not part of it. One size may be -1: it is then
   * what is left.
   *
   * @throws IllegalArgumentException if another size is less than 1, or two are -1
   */
  public Reshape(int... targetShape) {
    super(null);
    int[] known = Arrays.stream(targetShape).filter(n -> n != INFERRED).toArray();
    Arguments.atLeast(1, "target_shape", known);
    if (known.length < targetShape.length - 1) {
      throw new IllegalArgumentException(
          "target_shape: expected at most one -1, found " + Arrays.toString(targetShape));
    }
    this.targetShape = targetShape.clone();
  }

  /** Names the layer. */
  public Reshape name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    int size = inputs.get(0).sizeOfRow();
    int known = 1;
    for (int n : targetShape) {
      known *= n == INFERRED ? 1 : n;
    }
    int left = size / Math.max(1, known);
    resolved = Shape.of(Arrays.stream(targetShape).map(n -> n == INFERRED ? left : n).toArray());
    return List.of();
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new io.github.lanewise.op.Reshape(resolved)));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("target_shape", targetShape);
  }

  static Reshape fromConfig(LayerConfig config) {
    return new Reshape(config.ints("target_shape", config.list("target_shape").size(), 1));
  }
}
