package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.op.Dense;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/**
 * A {@link Dense} whose weights are packed in less precision than floats: a 1x1 convolution of
 * images of one pixel, one a row.
 */
record DenseStep(Shape kernel, PackedFilter filter, Epilogue epilogue) implements Step {

  /** With fewer units the padding to whole vectors would cost what the precision saves. */
  private static final int FEWEST_UNITS = 16;

  /** Whether packing makes the weights smaller. */
  static boolean suits(PlanNode node, WeightPrecision precision) {
    return precision != WeightPrecision.FLOAT32
        && node.weights.get(0).shape().dim(1) >= FEWEST_UNITS;
  }

  /**
   * Packs the kernel of a node.
   *
   * @param memory to read it into
   */
  static DenseStep of(PlanNode node, float[] memory, Kernels kernels, WeightPrecision precision) {
    Tensor kernel = node.kernel(memory);
    PackedFilter filter =
        kernels.packFilter(
            geometry(1, kernel.shape()),
            kernel.data(),
            kernel.offset(),
            Conv2dAlgorithm.DIRECT,
            precision);
    return new DenseStep(kernel.shape(), filter, new Epilogue(node.bias(), false));
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
    return compute.kernels().conv2dWorkspace(geometry(rows(output), kernel), filter);
  }

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    Tensor input = inputs.get(0);
    return compute
        .kernels()
        .bindConv2d(
            geometry(rows(output), kernel),
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

  private int rows(Tensor output) {
    return output.size() / kernel.dim(1);
  }

  private static Conv2dGeometry geometry(int rows, Shape kernel) {
    int k = kernel.dim(0);
    int units = kernel.dim(1);
    return new Conv2dGeometry(rows, 1, 1, k, k, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, units, units, 1);
  }
}
