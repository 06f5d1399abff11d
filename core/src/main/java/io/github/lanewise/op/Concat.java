package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors side by side along one dimension; all others must agree.
 *
 * @param axis the dimension; a negative one counts from the end, -1 is the channels
 */
public record Concat(int axis) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 1, Integer.MAX_VALUE);
    Shape first = inputs.get(0);
    int at = axis(first.rank());
    int[] dims = first.dims();
    dims[at] = 0;
    for (Shape shape : inputs) {
      if (shape.rank() != first.rank()) {
        throw new ShapeException(
            name() + ": expected inputs of rank " + first.rank() + ", found " + shape);
      }
      for (int i = 0; i < dims.length; i++) {
        if (i != at && shape.dim(i) != first.dim(i)) {
          throw new ShapeException(
              name()
                  + ": expected inputs that agree with "
                  + first
                  + " but along axis "
                  + axis
                  + ", found "
                  + shape);
        }
      }
      dims[at] += shape.dim(at);
    }
    return Shape.of(dims);
  }

  private int axis(int rank) {
    int at = axis < 0 ? axis + rank : axis;
    if (at < 1 || at >= rank) {
      throw new ShapeException(
          name() + ": expected an axis from 1 to " + (rank - 1) + ", found " + axis);
    }
    return at;
  }

  /** Whether the dimension is the last one of so many. */
  public boolean alongChannels(int rank) {
    return axis(rank) == rank - 1;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    int width = width(output.shape());
    int rows = output.size() / width;
    int column = 0;
    for (Tensor input : inputs) {
      int part = width(input.shape());
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            input.data(),
            input.offset() + row * part,
            output.data(),
            output.offset() + row * width + column,
            part);
      }
      column += part;
    }
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    int width = width(output.shape());
    int rows = output.size() / width;
    int column = 0;
    for (int i = 0; i < inputs.size(); i++) {
      int part = width(inputs.get(i).shape());
      Tensor gradient = inputGradients.get(i);
      if (gradient != null) {
        for (int row = 0; row < rows; row++) {
          int from = outputGradient.offset() + row * width + column;
          int to = gradient.offset() + row * part;
          for (int c = 0; c < part; c++) {
            gradient.data()[to + c] += outputGradient.data()[from + c];
          }
        }
      }
      column += part;
    }
  }

  /** Elements from the axis on. */
  private int width(Shape shape) {
    int width = 1;
    for (int i = axis(shape.rank()); i < shape.rank(); i++) {
      width *= shape.dim(i);
    }
    return width;
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
