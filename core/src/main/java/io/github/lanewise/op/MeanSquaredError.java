package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of {@code (prediction - target)^2} over all elements. Inputs: prediction, target of the
 * same shape, optionally the weights [n] of samples. The prediction alone gets a gradient.
 */
public record MeanSquaredError() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    ShapeRules.equal(this, "targets", inputs.get(0), inputs.get(1));
    SampleWeights.requireFits(this, inputs);
    return Shape.of();
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    SampleWeights weights = SampleWeights.of(inputs, p.size());
    double sum = 0;
    for (int i = 0; i < p.size(); i++) {
      double difference = (double) p.data()[p.offset() + i] - t.data()[t.offset() + i];
      sum += weights.at(i) * difference * difference;
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
    SampleWeights weights = SampleWeights.of(inputs, p.size());
    double factor = 2.0 * outputGradient.item() / p.size();
    for (int i = 0; i < p.size(); i++) {
      double difference = (double) p.data()[p.offset() + i] - t.data()[t.offset() + i];
      dp.data()[dp.offset() + i] += (float) (factor * weights.at(i) * difference);
    }
  }
}
