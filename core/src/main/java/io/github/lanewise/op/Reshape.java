package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same elements under another shape.
 *
 * @param target the shape of one sample, without the batch
 */
public record Reshape(Shape target) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    if (x.rank() < 1 || x.sizeOfRow() != target.size()) {
      throw new ShapeException(
          name()
              + ": expected "
              + target.size()
              + " elements a sample for "
              + target
              + ", found "
              + x);
    }
    return target.prepend(x.dim(0));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    new Identity().forward(compute, inputs, output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    new Identity().backward(compute, inputs, output, outputGradient, inputGradients);
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
