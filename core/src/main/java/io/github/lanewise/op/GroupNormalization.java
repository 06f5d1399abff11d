package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Group normalization (Wu and He 2018) of x [n, ..., c]: {@code gamma (x - mean) / sqrt(variance +
 * epsilon) + beta}, mean and biased variance being those of a sample's group of channels that lie
 * side by side, over all pixels. Inputs in Keras's order: x, gamma where {@code scale}, beta where
 * {@code center}, both [c].
 *
 * @param groups divides c
 */
public record GroupNormalization(int groups, float epsilon, boolean scale, boolean center)
    implements Op {

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if groups is less than 1
   */
  public GroupNormalization {
    ShapeRules.atLeast(1, GroupNormalization.class, "groups", groups);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    int expected = 1 + (scale ? 1 : 0) + (center ? 1 : 0);
    ShapeRules.inputs(this, inputs, expected, expected);
    Shape x = inputs.get(0);
    if (x.rank() < 2 || x.dim(-1) % groups != 0) {
      throw new ShapeException(
          name() + ": expected an input [n, ..., c], c in " + groups + " groups, found " + x);
    }
    for (Shape shape : inputs.subList(1, expected)) {
      ShapeRules.equal(this, "gamma and beta", Shape.of(x.dim(-1)), shape);
    }
    return x;
  }

  private NormalizedGroups groups(Tensor x) {
    int samples = x.shape().dim(0);
    int channels = x.shape().dim(-1);
    int pixels = x.size() / Math.max(1, samples * channels);
    return new NormalizedGroups(samples, pixels, groups, channels / groups, epsilon);
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
