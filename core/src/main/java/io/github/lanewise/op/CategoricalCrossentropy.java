package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean over samples of {@code -sum(t log p)}, p and t over the last dimension. Inputs:
 * prediction, target of the same shape, optionally the weights [n] of samples. The prediction alone
 * gets a gradient.
 *
 * <p>From logits, p is their softmax. Probabilities are divided by their sum and clipped to {@code
 * [1e-7, 1 - 1e-7]}, as in {@code keras/src/backend/tensorflow/nn.py}.
 *
 * @param fromLogits whether predictions are logits rather than probabilities
 */
public record CategoricalCrossentropy(boolean fromLogits) implements Op {

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
    int columns = p.shape().dim(-1);
    int rows = p.size() / columns;
    SampleWeights weights = SampleWeights.of(inputs, rows);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int at = p.offset() + row * columns;
      double norm = norm(p.data(), at, columns);
      for (int c = 0; c < columns; c++) {
        double target = t.data()[t.offset() + row * columns + c];
        double value = p.data()[at + c];
        double log = fromLogits ? value - norm : Math.log(Probabilities.clip(value / norm));
        sum -= weights.at(row) * target * log;
      }
    }
    output.data()[output.offset()] = (float) (sum / rows);
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
    int columns = p.shape().dim(-1);
    int rows = p.size() / columns;
    SampleWeights weights = SampleWeights.of(inputs, rows);
    double factor = (double) outputGradient.item() / rows;
    for (int row = 0; row < rows; row++) {
      int at = p.offset() + row * columns;
      int targets = t.offset() + row * columns;
      double norm = norm(p.data(), at, columns);
      double weight = 0;
      for (int c = 0; c < columns; c++) {
        double q = p.data()[at + c] / norm;
        weight += fromLogits || !Probabilities.clipped(q) ? t.data()[targets + c] : 0;
      }
      for (int c = 0; c < columns; c++) {
        double value = p.data()[at + c];
        double target = t.data()[targets + c];
        double gradient;
        if (fromLogits) {
          gradient = weight * Math.exp(value - norm) - target;
        } else if (Probabilities.clipped(value / norm)) {
          gradient = weight / norm;
        } else {
          gradient = weight / norm - target / value;
        }
        dp.data()[dp.offset() + row * columns + c] += (float) (factor * weights.at(row) * gradient);
      }
    }
  }

  /**
   * What turns a row into probabilities: the sum, or for logits the log of the exponentials' sum.
   */
  private double norm(float[] values, int from, int columns) {
    if (fromLogits) {
      return Probabilities.logSumExp(values, from, columns);
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += values[from + c];
    }
    return sum;
  }
}
