package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All dimensions but the first as one: [n, ...] to [n, size]. */
public record Flatten() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 1) {
      throw new ShapeException(name() + ": expected at least one dimension, found " + x);
    }
    return Shape.of(x.dim(0), x.sizeOfRow());
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

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
