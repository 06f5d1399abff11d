package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reorders the dimensions of samples: dimension {@code i} of the output is {@code dims.get(i - 1)}
 * of the input, the batch being 0.
 */
public record Permute(List<Integer> dims) implements Op {

  /**
   * An op with these dimensions.
   *
   * @throws IllegalArgumentException if they are not 1 to n in some order
   */
  public Permute {
    dims = List.copyOf(dims);
    for (int i = 1; i <= dims.size(); i++) {
      if (!dims.contains(i)) {
        throw new IllegalArgumentException(
            "Permute: expected 1 to " + dims.size() + " in some order, found " + dims);
      }
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() != dims.size() + 1) {
      throw new ShapeException(
          name() + ": expected " + dims.size() + " dimensions a sample, found " + x);
    }
    int[] sizes = new int[x.rank()];
    sizes[0] = x.dim(0);
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = x.dim(dims.get(i - 1));
    }
    return Shape.of(sizes);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int[] from = places(x.shape(), output.shape());
    for (int i = 0; i < from.length; i++) {
      output.data()[output.offset() + i] = x.data()[x.offset() + from[i]];
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
    int[] from = places(dx.shape(), output.shape());
    for (int i = 0; i < from.length; i++) {
      dx.data()[dx.offset() + from[i]] += outputGradient.data()[outputGradient.offset() + i];
    }
  }

  /** The place in the input of each element of the output. */
  private int[] places(Shape x, Shape y) {
    int rank = x.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= x.dim(i);
    }
    int[] places = new int[y.size()];
    for (int i = 0; i < places.length; i++) {
      int left = i;
      for (int d = rank - 1; d >= 0; d--) {
        places[i] += left % y.dim(d) * strides[d == 0 ? 0 : dims.get(d - 1)];
        left /= y.dim(d);
      }
    }
    return places;
  }
}
