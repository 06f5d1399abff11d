package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.Gelu;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.UpSampling2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {

  private static Tensor apply(Op op, Tensor x) {
    Tensor y = Tensor.zeros(op.outputShape(List.of(x.shape())));
    op.forward(Compute.threads(1), List.of(x), y);
    return y;
  }

  /** Values to seven digits, by mpmath from the formulas. */
  @ParameterizedTest
  @CsvSource({
    "linear, -1.5, 0.5, 2",
    "relu, 0, 0.5, 2",
    "relu6, 0, 0.5, 2",
    "leaky_relu, -0.3, 0.5, 2",
    "elu, -0.7768698, 0.5, 2",
    "sigmoid, 0.1824255, 0.6224593, 0.8807971",
    "hard_sigmoid, 0.25, 0.5833333, 0.8333333",
    "tanh, -0.9051483, 0.4621172, 0.9640276",
    "silu, -0.2736383, 0.3112297, 1.7615942",
    "gelu, -0.1002108, 0.3457312, 1.9544997",
    "softplus, 0.2014133, 0.9740770, 2.1269280",
    "softsign, -0.6, 0.3333333, 0.6666667",
    "exponential, 0.2231302, 1.6487213, 7.3890561",
    "selu, -1.3658144, 0.5253505, 2.1014020",
    "hard_silu, -0.375, 0.2916667, 1.6666667",
    "mish, -0.2980997, 0.3752452, 1.9439590",
    "log_sigmoid, -1.7014133, -0.4740770, -0.1269280",
    "celu, -0.7768698, 0.5000000, 2.0000000",
    "hard_tanh, -1.0000000, 0.5000000, 1.0000000",
    "hard_shrink, -1.5000000, 0.0000000, 2.0000000",
    "soft_shrink, -1.0000000, 0.0000000, 1.5000000",
    "tanh_shrink, -0.5948517, 0.0378828, 1.0359724",
    "squareplus, 0.5000000, 1.2807764, 2.4142136",
    "sparse_plus, 0.0000000, 0.5625000, 2.0000000",
    "sparse_sigmoid, 0.0000000, 0.7500000, 1.0000000",
    "softmax, 0.0240938, 0.1780302, 0.7978760",
    "log_softmax, -3.7258020, -1.7258020, -0.2258020"
  })
  void anActivationOfAName(String name, float a, float b, float c) {
    Activation activation = Activation.of(name);
    assertEquals(name, activation.kerasName());
    Tensor y = apply(activation.op(), Tensor.of(Shape.of(3), -1.5f, 0.5f, 2));
    assertArrayEquals(new float[] {a, b, c}, y.toArray(), 4e-7f);
  }

  @Test
  void swishIsSilu() {
    assertEquals(Activation.SILU, Activation.of("swish"));
    assertEquals(Activation.HARD_SILU, Activation.of("hard_swish"));
  }

  @Test
  void theBendsOfHardSwishAreAtMinusThreeAndThree() {
    Tensor y = apply(Activation.HARD_SILU.op(), Tensor.of(Shape.of(4), -9, -3, 3, 9));
    assertArrayEquals(new float[] {0, 0, 3, 9}, y.toArray(), 0x1p-60f);
  }

  @Test
  void largeInputsOverflowNeitherMishNorTheLogarithmOfSoftmax() {
    Tensor x = Tensor.of(Shape.of(3), -2000, 0, 2000);
    assertArrayEquals(new float[] {0, 0, 2000}, apply(Activation.MISH.op(), x).toArray(), 0x1p-60f);
    assertArrayEquals(
        new float[] {-4000, -2000, 0}, apply(Activation.LOG_SOFTMAX.op(), x).toArray());
  }

  @Test
  void softmaxMayBeOverAnotherDimensionThanTheLast() {
    Node y = new Softmax().axis(1).on(Input.of(2, 2));
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    Tensor found = apply(y.layer().inferenceCalls().get(0).op(), x);
    float small = 0.1192029f;
    float large = 0.8807971f;
    assertArrayEquals(new float[] {small, small, large, large}, found.toArray(), 1e-6f);
  }

  @Test
  void geluByTheHyperbolicTangent() {
    Tensor y = apply(new Gelu(true), Tensor.of(Shape.of(2), 1, -1));
    assertArrayEquals(new float[] {0.8411920f, -0.1588080f}, y.toArray(), 1e-6f);
  }

  @Test
  void bilinearUpSamplingLiesBetweenPixelCentres() {
    Tensor y = apply(new UpSampling2d(1, 2, true), Tensor.of(Shape.of(1, 1, 2, 1), 1, 2));
    assertArrayEquals(new float[] {1, 1.25f, 1.75f, 2}, y.toArray());
  }
}
