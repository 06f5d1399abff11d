package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of two or more numbers, applied to the elements of as many tensors, which stretch to
 * one shape as {@link Broadcast} says.
 */
interface BroadcastOp extends Op {

  /** The function. */
  double value(double... x);

  /** The function's derivative with respect to {@code x[input]}. */
  double slope(int input, double... x);

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return Broadcast.shape(this, inputs);
  }

  @Override
  default void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    int columns = columns(output);
    compute
        .loop()
        .forRange(
            output.size() / Math.max(1, columns),
            ParallelLoop.grain(4 * columns * inputs.size()),
            (from, to) -> {
              double[] x = new double[inputs.size()];
              for (int row = from; row < to; row++) {
                int[] at = rowStarts(inputs, output, row);
                int out = output.offset() + row * columns;
                for (int c = 0; c < columns; c++) {
                  gather(inputs, at, c, x);
                  output.data()[out + c] = (float) value(x);
                }
              }
            });
  }

  @Override
  default void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    int columns = columns(output);
    double[] x = new double[inputs.size()];
    for (int row = 0; row < output.size() / Math.max(1, columns); row++) {
      int[] at = rowStarts(inputs, output, row);
      int dy = outputGradient.offset() + row * columns;
      for (int c = 0; c < columns; c++) {
        gather(inputs, at, c, x);
        for (int i = 0; i < x.length; i++) {
          Tensor dx = inputGradients.get(i);
          if (dx != null) {
            int to = dx.offset() + at[i] + c * Broadcast.step(dx.shape());
            dx.data()[to] += (float) (outputGradient.data()[dy + c] * slope(i, x));
          }
        }
      }
    }
  }

  private static int columns(Tensor output) {
    return output.shape().rank() == 0 ? 1 : output.shape().dim(-1);
  }

  /** Where a row starts in each input, from the tensor's first element. */
  private static int[] rowStarts(List<Tensor> inputs, Tensor output, int row) {
    int[] starts = new int[inputs.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Broadcast.rowStart(inputs.get(i).shape(), output.shape(), row);
    }
    return starts;
  }

  private static void gather(List<Tensor> inputs, int[] at, int column, double[] x) {
    for (int i = 0; i < x.length; i++) {
      Tensor input = inputs.get(i);
      int place = input.offset() + at[i] + column * Broadcast.step(input.shape());
      x[i] = input.data()[place];
    }
  }
}
