package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Softmax over the last dimension. */
public record Softmax() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 1) {
      throw new ShapeException(name() + ": expected at least one dimension, found " + x);
    }
    return x;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int columns = x.shape().dim(-1);
    compute
        .kernels()
        .softmax(
            x.size() / columns,
            columns,
            x.data(),
            x.offset(),
            output.data(),
            output.offset(),
            compute.loop());
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
      int columns = output.shape().dim(-1);
      compute
          .kernels()
          .softmaxGradient(
              output.size() / columns,
              columns,
              output.data(),
              output.offset(),
              outputGradient.data(),
              outputGradient.offset(),
              dx.data(),
              dx.offset(),
              compute.loop());
    }
  }
}
