package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional convolution (cross-correlation, as in Keras): x [n, h, w, c], kernel [kh, kw, c /
 * groups, filters], and optionally bias [filters], to [n, h', w', filters].
 */
public record Conv2d(
    int strideHeight,
    int strideWidth,
    Padding padding,
    int dilationHeight,
    int dilationWidth,
    int groups)
    implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public Conv2d {
    ShapeRules.atLeast(1, Conv2d.class, "strides", strideHeight, strideWidth);
    ShapeRules.atLeast(1, Conv2d.class, "dilations", dilationHeight, dilationWidth);
    ShapeRules.atLeast(1, Conv2d.class, "groups", groups);
  }

  /** A convolution with stride 1, no dilation, one group. */
  public static Conv2d of(Padding padding) {
    return new Conv2d(1, 1, padding, 1, 1, 1);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return outputShape(this, inputs);
  }

  /** The shape of the output; errors name {@code op}, which is computed by this one. */
  Shape outputShape(Op op, List<Shape> inputs) {
    ShapeRules.inputs(op, inputs, 2, 3);
    Conv2dGeometry g = geometry(op, inputs.get(0), inputs.get(1));
    if (inputs.size() == 3) {
      ShapeRules.equal(op, "a bias", Shape.of(g.outputChannels()), inputs.get(2));
    }
    return Shape.of(inputs.get(0).dim(0), g.outputHeight(), g.outputWidth(), g.outputChannels());
  }

  /**
   * The sizes for kernels, pixels dense. An unknown batch counts as 1.
   *
   * @throws ShapeException if the shapes do not fit
   */
  public Conv2dGeometry geometry(Shape x, Shape kernel) {
    return geometry(this, x, kernel);
  }

  private Conv2dGeometry geometry(Op op, Shape x, Shape kernel) {
    ShapeRules.rank(op, x, 4, "an input [n, h, w, c]");
    ShapeRules.rank(op, kernel, 4, "a kernel [h, w, c / groups, filters]");
    int filters = kernel.dim(3);
    if (x.dim(3) != kernel.dim(2) * groups || filters % groups != 0) {
      throw new ShapeException(
          op.name()
              + ": expected a kernel for "
              + x.dim(3)
              + " channels in "
              + groups
              + " groups, found "
              + kernel);
    }
    int windowHeight = (kernel.dim(0) - 1) * dilationHeight + 1;
    int windowWidth = (kernel.dim(1) - 1) * dilationWidth + 1;
    int outputHeight = padding.outputSize(x.dim(1), windowHeight, strideHeight);
    int outputWidth = padding.outputSize(x.dim(2), windowWidth, strideWidth);
    if (outputHeight < 1 || outputWidth < 1) {
      throw ShapeRules.windowTooLarge(op, windowHeight, windowWidth, x);
    }
    return new Conv2dGeometry(
        x.batchUnknown() ? 1 : x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        x.dim(3),
        kernel.dim(0),
        kernel.dim(1),
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padding.before(x.dim(1), windowHeight, strideHeight),
        padding.before(x.dim(2), windowWidth, strideWidth),
        outputHeight,
        outputWidth,
        filters,
        filters,
        groups);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor kernel = inputs.get(1);
    Conv2dGeometry g =
        geometry(x.shape(), kernel.shape()).withPixelStrides(x.rowStride(), output.rowStride());
    float[] bias = inputs.size() == 3 ? inputs.get(2).toArray() : null;
    compute
        .kernels()
        .conv2d(
            g,
            x.data(),
            x.offset(),
            kernel.data(),
            kernel.offset(),
            Conv2dAlgorithm.WINOGRAD,
            new Epilogue(bias, false),
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
    Tensor x = inputs.get(0);
    Tensor kernel = inputs.get(1);
    Conv2dGeometry g = geometry(x.shape(), kernel.shape());
    Tensor dy = outputGradient;
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      compute
          .kernels()
          .conv2dInputGradient(
              g,
              dy.data(),
              dy.offset(),
              kernel.data(),
              kernel.offset(),
              dx.data(),
              dx.offset(),
              compute.loop());
    }
    Tensor dKernel = inputGradients.get(1);
    if (dKernel != null) {
      compute
          .kernels()
          .conv2dFilterGradient(
              g,
              x.data(),
              x.offset(),
              dy.data(),
              dy.offset(),
              dKernel.data(),
              dKernel.offset(),
              compute.loop());
    }
    if (inputs.size() == 3) {
      Gradient.bias(compute, dy, inputGradients.get(2));
    }
  }

  @Override
  public String algorithm(Compute compute, List<Shape> inputs) {
    Conv2dGeometry g = geometry(inputs.get(0), inputs.get(1));
    return compute
        .kernels()
        .bestAlgorithm(g, Conv2dAlgorithm.WINOGRAD)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean acceptsStrides() {
    return true;
  }

  @Override
  public boolean backwardReads(int input) {
    return input < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
