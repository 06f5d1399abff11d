package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logarithm of softmax over the last dimension: {@code x - log(sum(exp(x)))}. */
public record LogSoftmax() implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 1) {
      throw new ShapeException(name() + ": expected at least one dimension, found " + x);
    }
    return x;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    int columns = x.shape().dim(-1);
    compute
        .loop()
        .forRange(
            x.size() / columns,
            ParallelLoop.grain(2 * ElementwiseOp.OPERATIONS * columns),
            (first, end) -> {
              for (int row = first; row < end; row++) {
                int from = x.offset() + row * columns;
                int to = output.offset() + row * columns;
                double norm = Probabilities.logSumExp(x.data(), from, columns);
                for (int c = 0; c < columns; c++) {
                  output.data()[to + c] = (float) (x.data()[from + c] - norm);
                }
              }
            });
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    int columns = output.shape().dim(-1);
    compute
        .loop()
        .forRange(
            output.size() / columns,
            ParallelLoop.grain(2 * ElementwiseOp.OPERATIONS * columns),
            (first, end) -> {
              for (int row = first; row < end; row++) {
                int y = output.offset() + row * columns;
                int dy = outputGradient.offset() + row * columns;
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                  sum += outputGradient.data()[dy + c];
                }
                for (int c = 0; c < columns; c++) {
                  double share = Math.exp(output.data()[y + c]) * sum;
                  dx.data()[dx.offset() + row * columns + c] +=
                      (float) (outputGradient.data()[dy + c] - share);
                }
              }
            });
  }
}
