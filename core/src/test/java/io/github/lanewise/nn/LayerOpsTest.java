package io.github.lanewise.nn;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.BatchNormalizationTraining;
import io.github.lanewise.op.Concat;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.DepthwiseConv2d;
import io.github.lanewise.op.GlobalAveragePool2d;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.MaxPool2d;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.ZeroPadding2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ops that layers lead to: their arguments, and Keras's defaults where none are given. */
class LayerOpsTest {

  @Test
  void aParameterThatNobodyHasSeenTakesOverTheMemoryOfItsWeights() {
    Dense dense = new Dense(3);
    dense.on(Input.of(2));
    Parameter kernel = dense.parameters().get(0);
    Tensor first = Tensor.of(Shape.of(6), 1, 2, 3, 4, 5, 6);
    kernel.adopt(first);
    assertEquals(Shape.of(2, 3), kernel.value().shape());
    first.data()[0] = 9;
    assertEquals(9, kernel.value().get(0, 0));
    Tensor second = Tensor.of(Shape.of(6), 6, 5, 4, 3, 2, 1);
    kernel.adopt(second);
    second.data()[0] = 0;
    assertEquals(6, kernel.value().get(0, 0));
    assertThrows(ShapeException.class, () -> kernel.adopt(Tensor.zeros(5)));
  }

  @Test
  void defaultsAreThoseOfKeras() {
    assertOps(new Conv2D(4, 3), Conv2d.of(VALID));
    assertOps(new DepthwiseConv2D(3), new DepthwiseConv2d(1, 1, VALID, 1, 1));
    assertOps(new Dense(4), new io.github.lanewise.op.Dense());
    assertOps(new MaxPooling2D(2, 3), new MaxPool2d(2, 3, 2, 3, VALID));
    assertOps(new AveragePooling2D(2, 3), new AveragePool2d(2, 3, 2, 3, VALID));
    assertOps(new GlobalAveragePooling2D(), new GlobalAveragePool2d(false));
    assertOps(new Concatenate(), new Concat(-1));
    BatchNormalization normalization = new BatchNormalization();
    assertOps(normalization, new io.github.lanewise.op.BatchNormalization(1e-3f, true, true));
    assertEquals(
        new BatchNormalizationTraining(1e-3f, 0.99f, true, true),
        normalization.calls(true).get(0).op());
  }

  @Test
  void heightsComeBeforeWidths() {
    assertOps(
        new Conv2D(4, 3).strides(1, 2).dilationRate(3, 4).padding(SAME).groups(2),
        new Conv2d(1, 2, SAME, 3, 4, 2));
    assertOps(
        new DepthwiseConv2D(3).strides(1, 2).dilationRate(3, 4).padding(SAME),
        new DepthwiseConv2d(1, 2, SAME, 3, 4));
    assertOps(new MaxPooling2D(1, 2).strides(3, 4).padding(SAME), new MaxPool2d(1, 2, 3, 4, SAME));
    assertOps(
        new AveragePooling2D(1, 2).strides(3, 4).padding(SAME),
        new AveragePool2d(1, 2, 3, 4, SAME));
    assertOps(new ZeroPadding2D(1, 2, 3, 4), new ZeroPadding2d(1, 2, 3, 4));
  }

  @Test
  void anActivationFollowsAndTakesNoParameters() {
    Dense layer = new Dense(4).activation(Activation.RELU);
    assertOps(layer, new io.github.lanewise.op.Dense(), new Relu());
    layer.on(Input.of(3));
    List<OpCall> calls = layer.inferenceCalls();
    assertEquals(layer.parameters(), calls.get(0).parameters());
    assertEquals(List.of(), calls.get(1).parameters());
  }

  @Test
  void aFrozenBatchNormalizationUsesItsAveragesInTrainingToo() {
    BatchNormalization layer = new BatchNormalization();
    layer.setTrainable(false);
    assertEquals(layer.calls(false), layer.calls(true));
  }

  @Test
  void dropoutIsAnIdentityInInferenceAndAtRateZero() {
    assertOps(new Dropout(0.5), new Identity());
    assertEquals(new Identity(), new Dropout(0).calls(true).get(0).op());
  }

  private static void assertOps(Layer layer, Op... expected) {
    assertEquals(List.of(expected), layer.inferenceCalls().stream().map(OpCall::op).toList());
  }

  @Test
  void assigningOverwritesInPlaceAndRefusesAnotherNumberOfValues() {
    Tensor value = Tensor.zeros(Shape.of(2, 2));
    Parameter parameter = new Parameter("kernel", value, true);
    parameter.assign(1, 2, 3, 4);
    assertArrayEquals(new float[] {1, 2, 3, 4}, value.data());
    ShapeException e = assertThrows(ShapeException.class, () -> parameter.assign(5, 6, 7));
    assertEquals("kernel: expected 4 values for (2, 2), found 3", e.getMessage());
    assertArrayEquals(new float[] {1, 2, 3, 4}, value.data());
  }
}
