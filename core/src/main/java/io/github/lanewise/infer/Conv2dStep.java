package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** A convolution with its filter packed once, and bias and relu in its epilogue. */
record Conv2dStep(Conv2d op, Shape kernel, PackedFilter filter, Epilogue epilogue) implements Step {

  /**
   * Packs the filter of a node.
   *
   * @param memory to read it into
   */
  static Conv2dStep of(
      Conv2d conv,
      PlanNode node,
      float[] memory,
      Kernels kernels,
      Conv2dAlgorithm algorithm,
      WeightPrecision precision) {
    Tensor kernel = node.kernel(memory);
    Conv2dGeometry g = conv.geometry(node.inputs.get(0).shape.withBatch(1), kernel.shape());
    PackedFilter filter =
        kernels.packFilter(g, kernel.data(), kernel.offset(), algorithm, precision);
    return new Conv2dStep(conv, kernel.shape(), filter, new Epilogue(node.bias(), node.relu));
  }

  @Override
  public String algorithm() {
    return Step.algorithm(filter);
  }

  @Override
  public long weightBytes() {
    return filter.bytes();
  }

  @Override
  public int workspace(Compute compute, List<Tensor> inputs, Tensor output) {
    return compute.kernels().conv2dWorkspace(geometry(inputs.get(0), output), filter);
  }

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    Tensor input = inputs.get(0);
    return compute
        .kernels()
        .bindConv2d(
            geometry(input, output),
            input.data(),
            input.offset(),
            filter,
            epilogue,
            output.data(),
            output.offset(),
            workspace,
            0,
            compute.loop());
  }

  private Conv2dGeometry geometry(Tensor input, Tensor output) {
    return op.geometry(input.shape(), kernel)
        .withPixelStrides(input.rowStride(), output.rowStride());
  }
}
