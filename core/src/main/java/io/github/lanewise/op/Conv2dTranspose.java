package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transposed two-dimensional convolution: x [n, h, w, c], kernel [kh, kw, filters, c], and
 * optionally bias [filters], to [n, h', w', filters]. It is the gradient with respect to its input
 * of the {@link Conv2d} that takes the output to x. Output sizes are Keras's ({@code
 * keras/src/utils/conv_utils.py}, {@code deconv_output_length}).
 *
 * @param outputPaddingHeight rows added to the output, from 0 to strides - 1; {@link #UNSPECIFIED}
 *     for Keras's None: the output is as large as {@code strides} times the input, or larger by as
 *     much as the kernel is larger than the strides where padding is valid
 * @param outputPaddingWidth columns likewise
 */
public record Conv2dTranspose(
    int strideHeight,
    int strideWidth,
    Padding padding,
    int outputPaddingHeight,
    int outputPaddingWidth)
    implements Op {

  /** No output padding is given. */
  public static final int UNSPECIFIED = -1;

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if strides are less than 1 or an output padding is not less
   *     than its strides
   */
  public Conv2dTranspose {
    ShapeRules.atLeast(1, Conv2dTranspose.class, "strides", strideHeight, strideWidth);
    ShapeRules.atLeast(
        UNSPECIFIED,
        Conv2dTranspose.class,
        "output_padding",
        outputPaddingHeight,
        outputPaddingWidth);
    if (outputPaddingHeight >= strideHeight || outputPaddingWidth >= strideWidth) {
      throw new IllegalArgumentException(
          "Conv2dTranspose: expected output_padding below the strides, found "
              + outputPaddingHeight
              + ", "
              + outputPaddingWidth);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    Shape x = inputs.get(0);
    Conv2dGeometry g = geometry(x, inputs.get(1));
    Shape bias = Shape.of(g.inputChannels());
    if (inputs.size() == 3) {
      ShapeRules.equal(this, "a bias", bias, inputs.get(2));
    }
    return Shape.of(x.dim(0), g.inputHeight(), g.inputWidth(), g.inputChannels());
  }

  /** The sizes of the convolution that takes the output to x. */
  private Conv2dGeometry geometry(Shape x, Shape kernel) {
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    ShapeRules.rank(this, kernel, 4, "a kernel [h, w, filters, c]");
    if (x.dim(3) != kernel.dim(3)) {
      throw new ShapeException(
          name() + ": expected a kernel for " + x.dim(3) + " channels, found " + kernel);
    }
    int height = outputSize(x, 1, kernel.dim(0), strideHeight, outputPaddingHeight);
    int width = outputSize(x, 2, kernel.dim(1), strideWidth, outputPaddingWidth);
    Shape output = Shape.of(x.dim(0), height, width, kernel.dim(2));
    return new Conv2d(strideHeight, strideWidth, padding, 1, 1, 1).geometry(output, kernel);
  }

  private int outputSize(Shape x, int axis, int window, int stride, int outputPadding) {
    int input = x.dim(axis);
    long size;
    if (outputPadding == UNSPECIFIED) {
      size = (long) input * stride + (padding == Padding.VALID ? Math.max(window - stride, 0) : 0);
    } else {
      int kept = padding == Padding.VALID ? window : window % 2;
      size = (input - 1L) * stride + kept + outputPadding;
    }
    int output = Math.toIntExact(Math.min(size, Integer.MAX_VALUE - stride));
    if (output < 1 || padding.outputSize(output, window, stride) != input) {
      throw new ShapeException(
          name()
              + ": expected output_padding for which a convolution takes the output to the input,"
              + " found "
              + outputPadding
              + " for an input "
              + x);
    }
    return output;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor kernel = inputs.get(1);
    int filters = output.shape().dim(3);
    int end = output.offset() + output.size();
    if (inputs.size() == 3) {
      Tensor bias = inputs.get(2);
      for (int at = output.offset(); at < end; at += filters) {
        System.arraycopy(bias.data(), bias.offset(), output.data(), at, filters);
      }
    } else {
      Arrays.fill(output.data(), output.offset(), end, 0);
    }
    compute
        .kernels()
        .conv2dInputGradient(
            geometry(x.shape(), kernel.shape()),
            x.data(),
            x.offset(),
            kernel.data(),
            kernel.offset(),
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
    Tensor dy = outputGradient;
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      Tensor whole = Tensor.zeros(x.shape());
      new Conv2d(strideHeight, strideWidth, padding, 1, 1, 1)
          .forward(compute, List.of(dy, kernel), whole);
      Gradient.add(compute, 1, whole, dx);
    }
    Tensor dKernel = inputGradients.get(1);
    if (dKernel != null) {
      compute
          .kernels()
          .conv2dFilterGradient(
              geometry(x.shape(), kernel.shape()),
              dy.data(),
              dy.offset(),
              x.data(),
              x.offset(),
              dKernel.data(),
              dKernel.offset(),
              compute.loop());
    }
    if (inputs.size() == 3) {
      Gradient.bias(compute, dy, inputGradients.get(2));
    }
  }
}
