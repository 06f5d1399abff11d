package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** An average pooling with a relu behind it. */
record AveragePool2dStep(AveragePool2d op) implements Step {

  @Override
  public Bound bind(Compute compute, List<Tensor> inputs, Tensor output) {
    return workspace -> op.forward(compute, inputs.get(0), true, output);
  }
}
