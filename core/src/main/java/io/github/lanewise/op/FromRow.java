package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of one row as sequences: x [n, 1, l, c] to [n, l, c], the same floats. */
public record FromRow() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() != 4 || x.dim(1) != 1) {
      throw new ShapeException(name() + ": expected an input [n, 1, l, c], found " + x);
    }
    return Shape.of(x.dim(0), x.dim(2), x.dim(3));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    new Identity().forward(compute, inputs, output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    new Identity().backward(compute, inputs, output, outputGradient, inputGradients);
  }
}
