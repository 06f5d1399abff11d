package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Softmax over one dimension of samples.
 *
 * @param axis the dimension; a negative one counts from the end
 */
public record Softmax(int axis) implements Op {

  /** Softmax over the last dimension. */
  public Softmax() {
    this(-1);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 1) {
      throw new ShapeException(name() + ": expected at least one dimension, found " + x);
    }
    int at = place(x);
    if (at < Math.min(1, x.rank() - 1) || at >= x.rank()) {
      throw new ShapeException(
          name() + ": expected an axis from 1 to " + (x.rank() - 1) + ", found " + axis);
    }
    return x;
  }

  private int place(Shape x) {
    return axis < 0 ? axis + x.rank() : axis;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int columns = x.shape().dim(place(x.shape()));
    int rows = x.size() / columns;
    boolean last = stride(x.shape()) == 1;
    float[] from = last ? x.data() : lastMoved(x);
    float[] to = last ? output.data() : new float[x.size()];
    compute
        .kernels()
        .softmax(
            rows,
            columns,
            from,
            last ? x.offset() : 0,
            to,
            last ? output.offset() : 0,
            compute.loop());
    if (!last) {
      for (int i = 0; i < to.length; i++) {
        output.data()[output.offset() + placeOf(i, x.shape())] = to[i];
      }
    }
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    Shape shape = output.shape();
    int columns = shape.dim(place(shape));
    boolean last = stride(shape) == 1;
    float[] to = last ? dx.data() : new float[dx.size()];
    compute
        .kernels()
        .softmaxGradient(
            output.size() / columns,
            columns,
            last ? output.data() : lastMoved(output),
            last ? output.offset() : 0,
            last ? outputGradient.data() : lastMoved(outputGradient),
            last ? outputGradient.offset() : 0,
            to,
            last ? dx.offset() : 0,
            compute.loop());
    if (!last) {
      for (int i = 0; i < to.length; i++) {
        dx.data()[dx.offset() + placeOf(i, shape)] += to[i];
      }
    }
  }

  /** Elements from one step along the axis to the next. */
  private int stride(Shape x) {
    int stride = 1;
    for (int i = place(x) + 1; i < x.rank(); i++) {
      stride *= x.dim(i);
    }
    return stride;
  }

  /** A copy in which the axis is the last dimension. */
  private float[] lastMoved(Tensor x) {
    float[] moved = new float[x.size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = x.data()[x.offset() + placeOf(i, x.shape())];
    }
    return moved;
  }

  /** Where an element of {@link #lastMoved} comes from. */
  private int placeOf(int index, Shape x) {
    int columns = x.dim(place(x));
    int stride = stride(x);
    int row = index / columns;
    return (row / stride * columns + index % columns) * stride + row % stride;
  }
}
