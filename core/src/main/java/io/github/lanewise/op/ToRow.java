package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sequences as pictures of one row: x [n, l, c] to [n, 1, l, c], the same floats. */
public record ToRow() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 3, "an input [n, l, c]");
    return Rows.of(x);
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
