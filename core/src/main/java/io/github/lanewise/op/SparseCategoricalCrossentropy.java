package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean over samples of {@code -log p[t]}. Inputs: prediction [n, classes], target [n] or [n, 1]
 * of whole numbers, the classes, optionally the weights [n] of samples. The prediction alone gets a
 * gradient.
 *
 * <p>From logits, p is their softmax. Probabilities are clipped to {@code [1e-7, 1 - 1e-7]} and
 * divided by their sum, as in {@code keras/src/backend/tensorflow/nn.py}.
 *
 * @param fromLogits whether predictions are logits rather than probabilities
 */
public record SparseCategoricalCrossentropy(boolean fromLogits) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    Shape prediction = inputs.get(0);
    Shape target = inputs.get(1);
    ShapeRules.rank(this, prediction, 2, "predictions [n, classes]");
    boolean column = target.rank() == 2 && target.dim(1) == 1;
    if ((target.rank() != 1 && !column) || target.dim(0) != prediction.dim(0)) {
      throw new ShapeException(
          name() + ": expected one target a sample of " + prediction + ", found " + target);
    }
    SampleWeights.requireFits(this, inputs);
    return Shape.of();
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    int classes = p.shape().dim(1);
    int rows = p.shape().dim(0);
    SampleWeights weights = SampleWeights.of(inputs, rows);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int at = p.offset() + row * classes;
      int target = target(t, row, classes);
      double loss =
          fromLogits
              ? Probabilities.logSumExp(p.data(), at, classes) - p.data()[at + target]
              : Math.log(clippedSum(p.data(), at, classes))
                  - Math.log(Probabilities.clip(p.data()[at + target]));
      sum += weights.at(row) * loss;
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
    int classes = p.shape().dim(1);
    int rows = p.shape().dim(0);
    SampleWeights weights = SampleWeights.of(inputs, rows);
    double factor = (double) outputGradient.item() / rows;
    for (int row = 0; row < rows; row++) {
      int at = p.offset() + row * classes;
      int target = target(t, row, classes);
      double norm =
          fromLogits
              ? Probabilities.logSumExp(p.data(), at, classes)
              : clippedSum(p.data(), at, classes);
      for (int c = 0; c < classes; c++) {
        double value = p.data()[at + c];
        double gradient;
        if (fromLogits) {
          gradient = Math.exp(value - norm) - (c == target ? 1 : 0);
        } else {
          double inside = 1 / norm - (c == target ? 1 / value : 0);
          gradient = Probabilities.clipped(value) ? 0 : inside;
        }
        dp.data()[dp.offset() + row * classes + c] += (float) (factor * weights.at(row) * gradient);
      }
    }
  }

  private int target(Tensor targets, int row, int classes) {
    float value = targets.data()[targets.offset() + row];
    if (!(value >= 0 && value < classes) || value != (int) value) {
      throw new IllegalArgumentException(
          name() + ": expected targets of whole numbers below " + classes + ", found " + value);
    }
    return (int) value;
  }

  private static double clippedSum(float[] values, int from, int columns) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Probabilities.clip(values[from + c]);
    }
    return sum;
  }
}
