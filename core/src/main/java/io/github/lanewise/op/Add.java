package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sum of two or more tensors of one shape. */
public record Add() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, Integer.MAX_VALUE);
    for (Shape shape : inputs) {
      ShapeRules.equal(this, "inputs", inputs.get(0), shape);
    }
    return inputs.get(0);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor sum = inputs.get(0);
    for (Tensor next : inputs.subList(1, inputs.size())) {
      compute
          .kernels()
          .add(
              output.size(),
              sum.data(),
              sum.offset(),
              next.data(),
              next.offset(),
              output.data(),
              output.offset(),
              compute.loop());
      sum = output;
    }
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    for (Tensor gradient : inputGradients) {
      Gradient.add(compute, 1, outputGradient, gradient);
    }
  }
}
