package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs of batch normalization by name. */
record NormalizationInputs(
    Tensor x,
    @Nullable Tensor gamma,
    @Nullable Tensor beta,
    Tensor movingMean,
    Tensor movingVariance) {

  static NormalizationInputs of(List<Tensor> inputs, boolean scale, boolean center) {
    int n = inputs.size();
    return new NormalizationInputs(
        inputs.get(0),
        scale ? inputs.get(1) : null,
        center ? inputs.get(scale ? 2 : 1) : null,
        inputs.get(n - 2),
        inputs.get(n - 1));
  }

  static Shape outputShape(Op op, List<Shape> inputs, boolean scale, boolean center) {
    int expected = 3 + (scale ? 1 : 0) + (center ? 1 : 0);
    ShapeRules.inputs(op, inputs, expected, expected);
    Shape x = inputs.get(0);
    for (Shape shape : inputs.subList(1, expected)) {
      ShapeRules.equal(op, "statistics", Shape.of(x.dim(-1)), shape);
    }
    return x;
  }

  float gammaAt(int channel) {
    return gamma == null ? 1 : gamma.get(channel);
  }

  float[] inverseDeviation(float[] variance, float epsilon) {
    float[] inverse = new float[variance.length];
    for (int c = 0; c < inverse.length; c++) {
      inverse[c] = (float) (1 / Math.sqrt((double) variance[c] + epsilon));
    }
    return inverse;
  }

  /** Writes the normalized, scaled and shifted x. */
  void normalize(Compute compute, float[] mean, float[] variance, float epsilon, Tensor output) {
    float[] scale = inverseDeviation(variance, epsilon);
    float[] shift = new float[scale.length];
    for (int c = 0; c < scale.length; c++) {
      scale[c] *= gammaAt(c);
      shift[c] = (beta == null ? 0 : beta.get(c)) - mean[c] * scale[c];
    }
    compute
        .kernels()
        .scaleShift(
            x.size() / scale.length,
            scale.length,
            x.data(),
            x.offset(),
            scale,
            shift,
            output.data(),
            output.offset(),
            compute.loop());
  }
}
