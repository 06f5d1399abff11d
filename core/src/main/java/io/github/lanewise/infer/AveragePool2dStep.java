package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** An average pooling, with a relu behind it or without. */
record AveragePool2dStep(AveragePool2d op, boolean relu) implements Step {

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    Tensor x = inputs.get(0);
    Pool2dGeometry g = op.geometry(x.shape()).withPixelStrides(x.rowStride(), output.rowStride());
    return compute
        .kernels()
        .bindAveragePool2d(
            g, x.data(), x.offset(), relu, output.data(), output.offset(), compute.loop());
  }
}
