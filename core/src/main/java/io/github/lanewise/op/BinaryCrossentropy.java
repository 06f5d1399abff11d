package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of {@code -t log p - (1 - t) log(1 - p)} over all elements, for targets t from 0 to 1.
 * Inputs: prediction, target of the same shape, optionally the weights [n] of samples. The
 * prediction alone gets a gradient.
 *
 * <p>From logits z it is {@code max(z, 0) - z t + log(1 + exp(-|z|))}, which loses no digits;
 * probabilities are clipped to {@code [1e-7, 1 - 1e-7]}, as in {@code
 * keras/src/backend/tensorflow/nn.py}.
 *
 * @param fromLogits whether predictions are logits rather than probabilities
 */
public record BinaryCrossentropy(boolean fromLogits) implements Op {

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
      double target = t.data()[t.offset() + i];
      double value = p.data()[p.offset() + i];
      if (fromLogits) {
        double loss = Math.max(value, 0) - value * target + Math.log1p(Math.exp(-Math.abs(value)));
        sum += weights.at(i) * loss;
      } else {
        double clipped = Probabilities.clip(value);
        sum -= weights.at(i) * (target * Math.log(clipped) + (1 - target) * Math.log1p(-clipped));
      }
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
    double factor = (double) outputGradient.item() / p.size();
    for (int i = 0; i < p.size(); i++) {
      double target = t.data()[t.offset() + i];
      double value = p.data()[p.offset() + i];
      double gradient;
      if (fromLogits) {
        gradient = 1 / (1 + Math.exp(-value)) - target;
      } else if (Probabilities.clipped(value)) {
        gradient = 0;
      } else {
        gradient = (value - target) / (value * (1 - value));
      }
      dp.data()[dp.offset() + i] += (float) (factor * weights.at(i) * gradient);
    }
  }
}
