package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Average over windows: x [n, h, w, c] to [n, h', w', c]. Padding does not count. */
public record AveragePool2d(
    int poolHeight, int poolWidth, int strideHeight, int strideWidth, Padding padding)
    implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public AveragePool2d {
    ShapeRules.atLeast(1, AveragePool2d.class, "a window", poolHeight, poolWidth);
    ShapeRules.atLeast(1, AveragePool2d.class, "strides", strideHeight, strideWidth);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    Pool2dGeometry g = geometry(x);
    return Shape.of(x.dim(0), g.outputHeight(), g.outputWidth(), g.channels());
  }

  /**
   * The sizes for kernels, pixels dense. An unknown batch counts as 1.
   *
   * @throws io.github.lanewise.tensor.ShapeException if the shape does not fit
   */
  public Pool2dGeometry geometry(Shape x) {
    return Pooling.geometry(this, x, poolHeight, poolWidth, strideHeight, strideWidth, padding);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Pool2dGeometry g = geometry(x.shape()).withPixelStrides(x.rowStride(), output.rowStride());
    compute
        .kernels()
        .averagePool2d(
            g, x.data(), x.offset(), false, output.data(), output.offset(), compute.loop());
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
      Tensor x = inputs.get(0);
      compute
          .kernels()
          .averagePool2dGradient(
              geometry(x.shape()),
              outputGradient.data(),
              outputGradient.offset(),
              dx.data(),
              dx.offset(),
              compute.loop());
    }
  }

  @Override
  public boolean acceptsStrides() {
    return true;
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
