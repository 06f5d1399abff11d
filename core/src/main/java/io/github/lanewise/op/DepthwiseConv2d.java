package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depthwise convolution: x [n, h, w, c], kernel [kh, kw, c, multiplier], and optionally bias [c *
 * multiplier], to [n, h', w', c * multiplier]. It is {@link Conv2d} with as many groups as
 * channels: the kernel's floats are those of [kh, kw, 1, c * multiplier].
 */
public record DepthwiseConv2d(
    int strideHeight, int strideWidth, Padding padding, int dilationHeight, int dilationWidth)
    implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public DepthwiseConv2d {
    ShapeRules.atLeast(1, DepthwiseConv2d.class, "strides", strideHeight, strideWidth);
    ShapeRules.atLeast(1, DepthwiseConv2d.class, "dilations", dilationHeight, dilationWidth);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    ShapeRules.rank(this, inputs.get(0), 4, "an input [n, h, w, c]");
    ShapeRules.rank(this, inputs.get(1), 4, "a kernel [h, w, c, multiplier]");
    Shape kernel = inputs.get(1);
    int channels = inputs.get(0).dim(3);
    if (kernel.dim(2) != channels) {
      throw new ShapeException(
          name() + ": expected a kernel for " + channels + " channels, found " + kernel);
    }
    List<Shape> grouped = new ArrayList<>(inputs);
    grouped.set(1, grouped(kernel));
    return grouped(channels).outputShape(this, grouped);
  }

  private Conv2d grouped(int channels) {
    return new Conv2d(strideHeight, strideWidth, padding, dilationHeight, dilationWidth, channels);
  }

  private static Shape grouped(Shape kernel) {
    return Shape.of(kernel.dim(0), kernel.dim(1), 1, kernel.dim(2) * kernel.dim(3));
  }

  private static List<Tensor> grouped(List<Tensor> inputs) {
    List<Tensor> grouped = new ArrayList<>(inputs);
    grouped.set(1, inputs.get(1).reshape(grouped(inputs.get(1).shape())));
    return grouped;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    grouped(inputs.get(0).shape().dim(3)).forward(compute, grouped(inputs), output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    List<@Nullable Tensor> gradients = new ArrayList<>(inputGradients);
    Tensor dKernel = inputGradients.get(1);
    gradients.set(1, dKernel == null ? null : dKernel.reshape(grouped(dKernel.shape())));
    grouped(inputs.get(0).shape().dim(3))
        .backward(compute, grouped(inputs), output, outputGradient, gradients);
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
