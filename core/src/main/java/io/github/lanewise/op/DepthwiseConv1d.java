package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depthwise convolution of sequences: x [n, l, c], kernel [k, c, multiplier], and optionally bias
 * [c * multiplier], to [n, l', c * multiplier]. It is {@link DepthwiseConv2d} on pictures of one
 * row.
 */
public record DepthwiseConv1d(int stride, Padding padding, int dilation) implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public DepthwiseConv1d {
    ShapeRules.atLeast(1, DepthwiseConv1d.class, "strides", stride);
    ShapeRules.atLeast(1, DepthwiseConv1d.class, "dilations", dilation);
  }

  private DepthwiseConv2d onRows() {
    return new DepthwiseConv2d(1, stride, padding, 1, dilation);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    ShapeRules.rank(this, inputs.get(0), 3, "an input [n, l, c]");
    ShapeRules.rank(this, inputs.get(1), 3, "a kernel [k, c, multiplier]");
    return new FromRow().outputShape(List.of(onRows().outputShape(Rows.ofShapes(inputs))));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    onRows().forward(compute, Rows.ofInputs(inputs), Rows.of(output));
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    onRows()
        .backward(
            compute,
            Rows.ofInputs(inputs),
            Rows.of(output),
            Rows.of(outputGradient),
            Rows.ofGradients(inputGradients));
  }
}
