package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** A convolution with its filter packed once, and bias and relu in its epilogue. */
record Conv2dStep(Conv2d op, Shape kernel, PackedFilter filter, Epilogue epilogue) implements Step {

  @Override
  public Bound bind(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor input = inputs.get(0);
    Conv2dGeometry geometry =
        op.geometry(input.shape(), kernel).withPixelStrides(input.rowStride(), output.rowStride());
    return new BoundConv2d(this, compute, geometry, input, output);
  }

  private record BoundConv2d(
      Conv2dStep step, Compute compute, Conv2dGeometry geometry, Tensor input, Tensor output)
      implements Bound {

    @Override
    public int workspace() {
      return compute.kernels().conv2dWorkspace(geometry, step.filter);
    }

    @Override
    public void run(float[] workspace) {
      compute
          .kernels()
          .conv2d(
              geometry,
              input.data(),
              input.offset(),
              step.filter,
              step.epilogue,
              output.data(),
              output.offset(),
              workspace,
              0,
              compute.loop());
    }
  }
}
