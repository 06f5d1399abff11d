package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.op.MaxPool2d;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** A maximum pooling. */
record MaxPool2dStep(MaxPool2d op) implements Step {

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    Tensor x = inputs.get(0);
    Pool2dGeometry g = op.geometry(x.shape()).withPixelStrides(x.rowStride(), output.rowStride());
    return compute
        .kernels()
        .bindMaxPool2d(g, x.data(), x.offset(), output.data(), output.offset(), compute.loop());
  }
}
