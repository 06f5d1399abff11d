package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sum of two or more tensors, element by element; dimensions of 1 stretch. */
public record Add() implements BroadcastOp {

  @Override
  public double value(double... x) {
    double sum = 0;
    for (double summand : x) {
      sum += summand;
    }
    return sum;
  }

  @Override
  public double slope(int input, double... x) {
    return 1;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    if (!alike(inputs)) {
      BroadcastOp.super.forward(compute, inputs, output);
      return;
    }
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
    if (!alike(inputs)) {
      BroadcastOp.super.backward(compute, inputs, output, outputGradient, inputGradients);
      return;
    }
    for (Tensor gradient : inputGradients) {
      Gradient.add(compute, 1, outputGradient, gradient);
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  /** Whether nothing stretches, so that whole tensors can be added. */
  private static boolean alike(List<Tensor> inputs) {
    Shape first = inputs.get(0).shape();
    return inputs.stream().allMatch(x -> x.shape().equals(first));
  }
}
