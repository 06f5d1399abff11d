package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Average over all pixels: x [n, h, w, c] to [n, c], or to [n, 1, 1, c].
 *
 * @param keepdims whether the output keeps height and width, as 1
 */
public record GlobalAveragePool2d(boolean keepdims) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    ShapeRules.rank(this, x, 4, "an input [n, h, w, c]");
    return keepdims ? Shape.of(x.dim(0), 1, 1, x.dim(3)) : Shape.of(x.dim(0), x.dim(3));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Shape x = inputs.get(0).shape();
    windows(x).forward(compute, inputs, pixels(output));
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Shape x = inputs.get(0).shape();
    windows(x).backward(compute, inputs, pixels(output), pixels(outputGradient), inputGradients);
  }

  private static AveragePool2d windows(Shape x) {
    return new AveragePool2d(x.dim(1), x.dim(2), 1, 1, Padding.VALID);
  }

  private static Tensor pixels(Tensor output) {
    return output.reshape(Shape.of(output.shape().dim(0), 1, 1, output.shape().dim(-1)));
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
