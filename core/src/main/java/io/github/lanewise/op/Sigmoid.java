package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code 1 / (1 + exp(-x))}, element by element. */
public record Sigmoid() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return ShapeRules.single(this, inputs);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    compute
        .kernels()
        .sigmoid(x.size(), x.data(), x.offset(), output.data(), output.offset(), compute.loop());
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      compute
          .kernels()
          .sigmoidGradient(
              output.size(),
              output.data(),
              output.offset(),
              outputGradient.data(),
              outputGradient.offset(),
              dx.data(),
              dx.offset(),
              compute.loop());
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }
}
