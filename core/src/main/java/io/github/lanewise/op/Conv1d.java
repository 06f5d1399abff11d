package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One-dimensional convolution (cross-correlation, as in Keras): x [n, l, c], kernel [k, c / groups,
 * filters], and optionally bias [filters], to [n, l', filters]. It is {@link Conv2d} on pictures of
 * one row.
 */
public record Conv1d(int stride, Padding padding, int dilation, int groups) implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public Conv1d {
    ShapeRules.atLeast(1, Conv1d.class, "strides", stride);
    ShapeRules.atLeast(1, Conv1d.class, "dilations", dilation);
    ShapeRules.atLeast(1, Conv1d.class, "groups", groups);
  }

  /** The same on pictures of one row, with the kernel [1, k, c / groups, filters]. */
  public Conv2d onRows() {
    return new Conv2d(1, stride, padding, 1, dilation, groups);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    ShapeRules.rank(this, inputs.get(0), 3, "an input [n, l, c]");
    ShapeRules.rank(this, inputs.get(1), 3, "a kernel [k, c / groups, filters]");
    return new FromRow().outputShape(List.of(onRows().outputShape(this, Rows.ofShapes(inputs))));
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
