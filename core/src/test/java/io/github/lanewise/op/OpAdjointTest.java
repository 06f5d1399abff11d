package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of a linear op L is its transpose: {@code <L x, y> = <x, L^T y>} for all x and y. An
 * op that adds a constant, such as a bias, is L plus its value at zero.
 */
class OpAdjointTest {

  /** Of the sum of absolute products: 2^-24 for each of some tens of additions of mixed signs. */
  private static final double TOLERANCE = 1e-6;

  private final Compute compute = Compute.threads(1);

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#linear")
  void theGradientOfALinearOpIsItsTranspose(OpCase c) {
    SeededTensors random = new SeededTensors(8);
    for (int place : c.linear()) {
      assertTrue(c.differentiable().contains(place));
      Tensor x = random.like(c.inputs().get(place).shape());
      Tensor y = random.like(c.outputShape());
      float[] atX = c.forward(compute, c.with(place, x)).data();
      float[] atZero = c.forward(compute, c.with(place, Tensor.zeros(x.shape()))).data();
      Tensor transposed = c.backward(compute, y).get(place);
      double forward = 0;
      double scale = 0;
      for (int i = 0; i < atX.length; i++) {
        double product = ((double) atX[i] - atZero[i]) * y.data()[i];
        forward += product;
        scale += Math.abs(product);
      }
      double backward = 0;
      for (int i = 0; i < x.size(); i++) {
        backward += (double) x.data()[i] * transposed.data()[i];
      }
      assertEquals(forward, backward, TOLERANCE * scale, "input " + place);
    }
  }
}
