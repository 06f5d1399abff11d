package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of {@code (prediction - target)^2} over all elements. Inputs: prediction, target of the
 * same shape. The target gets no gradient.
 */
public record MeanSquaredError() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 2);
    ShapeRules.equal(this, "targets", inputs.get(0), inputs.get(1));
    return Shape.of();
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    double sum = 0;
    for (int i = 0; i < p.size(); i++) {
      double difference = (double) p.data()[p.offset() + i] - t.data()[t.offset() + i];
      sum += difference * difference;
    }
    output.data()[output.offset()] = (float) (sum / p.size());
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dp = inputGradients.get(0);
    if (dp == null) {
      return;
    }
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    double factor = 2.0 * outputGradient.item() / p.size();
    for (int i = 0; i < p.size(); i++) {
      double difference = (double) p.data()[p.offset() + i] - t.data()[t.offset() + i];
      dp.data()[dp.offset() + i] += (float) (factor * difference);
    }
  }
}
