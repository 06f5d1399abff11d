package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization (Ba et al. 2016): {@code gamma (x - mean) / sqrt(variance + epsilon) + beta},
 * mean and biased variance being those over the last dimensions. Inputs in Keras's order: x, gamma
 * where {@code scale}, beta where {@code center}, both of x's last dimensions.
 *
 * @param axes how many of the last dimensions are normalized over; the batch is not among them
 */
public record LayerNormalization(int axes, float epsilon, boolean scale, boolean center)
    implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if axes is less than 1
   */
  public LayerNormalization {
    ShapeRules.atLeast(1, LayerNormalization.class, "axes", axes);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    int expected = 1 + (scale ? 1 : 0) + (center ? 1 : 0);
    ShapeRules.inputs(this, inputs, expected, expected);
    Shape x = inputs.get(0);
    if (x.rank() <= axes) {
      throw new ShapeException(name() + ": expected more than " + axes + " dimensions, found " + x);
    }
    for (Shape shape : inputs.subList(1, expected)) {
      ShapeRules.equal(this, "gamma and beta", last(x), shape);
    }
    return x;
  }

  /** The dimensions that are normalized over. */
  private Shape last(Shape x) {
    return Shape.of(Arrays.copyOfRange(x.dims(), x.rank() - axes, x.rank()));
  }

  private NormalizedGroups groups(Tensor x) {
    int width = last(x.shape()).size();
    return new NormalizedGroups(x.size() / width, 1, 1, width, epsilon);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    groups(inputs.get(0)).forward(compute, inputs, scale, center, output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    groups(inputs.get(0)).backward(compute, inputs, scale, center, outputGradient, inputGradients);
  }
}
