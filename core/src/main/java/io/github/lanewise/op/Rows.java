package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a convolution of sequences as those of one on pictures of one row, the same floats:
 * x [n, l, c] becomes [n, 1, l, c], a kernel [k, ...] becomes [1, k, ...], a bias stays.
 */
final class Rows {

  private Rows() {}

  static Shape of(Shape x) {
    return Shape.of(x.dim(0), 1, x.dim(1), x.dim(2));
  }

  static Tensor of(Tensor x) {
    return x.reshape(of(x.shape()));
  }

  static List<Shape> ofShapes(List<Shape> inputs) {
    List<Shape> rows = new ArrayList<>(inputs);
    rows.set(0, of(inputs.get(0)));
    rows.set(1, inputs.get(1).prepend(1));
    return rows;
  }

  static List<Tensor> ofInputs(List<Tensor> inputs) {
    List<Tensor> rows = new ArrayList<>(inputs);
    rows.set(0, of(inputs.get(0)));
    rows.set(1, kernel(inputs.get(1)));
    return rows;
  }

  static List<@Nullable Tensor> ofGradients(List<@Nullable Tensor> gradients) {
    List<@Nullable Tensor> rows = new ArrayList<>(gradients);
    Tensor dx = gradients.get(0);
    rows.set(0, dx == null ? null : of(dx));
    Tensor dKernel = gradients.get(1);
    rows.set(1, dKernel == null ? null : kernel(dKernel));
    return rows;
  }

  private static Tensor kernel(Tensor kernel) {
    return kernel.reshape(kernel.shape().prepend(1));
  }
}
