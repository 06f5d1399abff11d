package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code x + scale y} for two tensors of one shape. */
public record ScaledAdd(double scale) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 2);
    ShapeRules.equal(this, "inputs", inputs.get(0), inputs.get(1));
    return inputs.get(0);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    System.arraycopy(x.data(), x.offset(), output.data(), output.offset(), output.size());
    Gradient.add(compute, (float) scale, inputs.get(1), output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Gradient.add(compute, 1, outputGradient, inputGradients.get(0));
    Gradient.add(compute, (float) scale, outputGradient, inputGradients.get(1));
  }
}
