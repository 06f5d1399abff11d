package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input of a graph, Keras's {@code InputLayer}. {@code Input.of(150, 150, 3)} is its node. */
public final class Input extends Layer {

  private final Shape shape;

  private Input(Shape shape, @Nullable String name) {
    super(name);
    this.shape = shape;
  }

  /** An input of samples of this shape; the batch is not part of it. */
  public static Node of(int... sampleShape) {
    return named(null, sampleShape);
  }

  /** An input of samples of this shape and with a name; the batch is not part of the shape. */
  public static Node named(@Nullable String name, int... sampleShape) {
    return Node.input(new Input(Shape.of(sampleShape).prepend(Shape.UNKNOWN), name));
  }

  /** The shape, with an unknown batch first. */
  Shape shape() {
    return shape;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of();
  }

  @Override
  public String kerasClassName() {
    return "InputLayer";
  }

  /** Keras names inputs {@code input_1}, {@code input_2}, ... */
  @Override
  public String autoNamePrefix() {
    return "input";
  }
}
