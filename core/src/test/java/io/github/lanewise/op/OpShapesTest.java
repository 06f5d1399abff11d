package io.github.lanewise.op;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpShapesTest {

  /** Input shapes that do not fit an op, and what it says. */
  record Misfit(Op op, String message, List<Shape> inputs) {
    static Misfit of(Op op, String message, Shape... inputs) {
      return new Misfit(op, message, List.of(inputs));
    }

    @Override
    public String toString() {
      return message;
    }
  }

  static List<Misfit> misfits() {
    Shape pixels = Shape.of(2, 5, 5, 3);
    Conv2d conv = Conv2d.of(VALID);
    return List.of(
        Misfit.of(conv, "Conv2d: expected 2 to 3 inputs, found 1", pixels),
        Misfit.of(
            conv,
            "Conv2d: expected an input [n, h, w, c], found (2, 3)",
            Shape.of(2, 3),
            Shape.of(1, 1, 3, 4)),
        Misfit.of(
            conv,
            "Conv2d: expected a kernel [h, w, c / groups, filters], found (3, 4)",
            pixels,
            Shape.of(3, 4)),
        Misfit.of(
            conv,
            "Conv2d: expected a kernel for 3 channels in 1 groups, found (3, 3, 4, 8)",
            pixels,
            Shape.of(3, 3, 4, 8)),
        Misfit.of(
            conv,
            "Conv2d: expected an input of at least 7x1 pixels, found (2, 5, 5, 3)",
            pixels,
            Shape.of(7, 1, 3, 8)),
        Misfit.of(
            conv,
            "Conv2d: expected a bias of (8,), found (7,)",
            pixels,
            Shape.of(3, 3, 3, 8),
            Shape.of(7)),
        Misfit.of(
            new DepthwiseConv2d(1, 1, SAME, 1, 1),
            "DepthwiseConv2d: expected a kernel for 3 channels, found (3, 3, 4, 1)",
            pixels,
            Shape.of(3, 3, 4, 1)),
        Misfit.of(
            new MaxPool2d(6, 2, 1, 1, VALID),
            "MaxPool2d: expected an input of at least 6x2 pixels, found (2, 5, 5, 3)",
            pixels),
        Misfit.of(
            new AveragePool2d(2, 2, 1, 1, VALID),
            "AveragePool2d: expected an input [n, h, w, c], found (2, 5)",
            Shape.of(2, 5)),
        Misfit.of(
            new GlobalAveragePool2d(false),
            "GlobalAveragePool2d: expected an input [n, h, w, c], found (2, 5)",
            Shape.of(2, 5)),
        Misfit.of(
            new Dense(),
            "Dense: expected an input [..., 4], found (2, 5)",
            Shape.of(2, 5),
            Shape.of(4, 3)),
        Misfit.of(
            new Add(),
            "Add: expected shapes that are equal or 1 in each dimension, found (2, 5) and (2, 4)",
            Shape.of(2, 5),
            Shape.of(2, 4)),
        Misfit.of(
            new ScaledAdd(2),
            "ScaledAdd: expected inputs of (2, 5), found (1, 5)",
            Shape.of(2, 5),
            Shape.of(1, 5)),
        Misfit.of(
            new Concat(-1),
            "Concat: expected inputs that agree with (2, 5, 5, 3) but along axis -1, found (2, 4,"
                + " 5, 3)",
            pixels,
            Shape.of(2, 4, 5, 3)),
        Misfit.of(new Concat(4), "Concat: expected an axis from 1 to 3, found 4", pixels, pixels),
        Misfit.of(
            new Prelu(),
            "Prelu: expected an alpha for samples of (2, 5, 5, 3), found (5, 3, 1)",
            pixels,
            Shape.of(5, 3, 1)),
        Misfit.of(
            new Prelu(),
            "Prelu: expected an alpha for samples of (2, 5, 5, 3), found (3,)",
            pixels,
            Shape.of(3)),
        Misfit.of(
            new RepeatVector(2),
            "RepeatVector: expected an input [n, c], found (2, 5, 5, 3)",
            pixels),
        Misfit.of(
            new SpatialDropout(0.5, 0),
            "SpatialDropout: expected an input [n, ..., c], found (2, 5)",
            Shape.of(2, 5)),
        Misfit.of(
            new Conv1d(1, VALID, 1, 1),
            "Conv1d: expected an input [n, l, c], found (2, 5, 5, 3)",
            pixels,
            Shape.of(3, 3, 4)),
        Misfit.of(
            new Conv1d(1, VALID, 1, 1),
            "Conv1d: expected a kernel [k, c / groups, filters], found (1, 3, 3, 4)",
            Shape.of(2, 5, 3),
            Shape.of(1, 3, 3, 4)),
        Misfit.of(
            new Conv1d(1, VALID, 1, 1),
            "Conv1d: expected an input of at least 1x7 pixels, found (2, 1, 5, 3)",
            Shape.of(2, 5, 3),
            Shape.of(7, 3, 4)),
        Misfit.of(
            new DepthwiseConv1d(1, VALID, 1),
            "DepthwiseConv1d: expected a kernel [k, c, multiplier], found (3, 3)",
            Shape.of(2, 5, 3),
            Shape.of(3, 3)),
        Misfit.of(new ToRow(), "ToRow: expected an input [n, l, c], found (2, 5)", Shape.of(2, 5)),
        Misfit.of(
            new FromRow(), "FromRow: expected an input [n, 1, l, c], found (2, 5, 5, 3)", pixels),
        Misfit.of(new Softmax(0), "Softmax: expected an axis from 1 to 3, found 0", pixels),
        Misfit.of(
            new Softmax(-4), "Softmax: expected an axis from 1 to 2, found -4", Shape.of(2, 3, 4)),
        Misfit.of(
            new Reshape(Shape.of(4, 2)),
            "Reshape: expected 8 elements a sample for (4, 2), found (2, 9)",
            Shape.of(2, 9)),
        Misfit.of(
            new BatchNormalization(1e-3f, true, true),
            "BatchNormalization: expected 5 inputs, found 3",
            pixels,
            Shape.of(3),
            Shape.of(3)),
        Misfit.of(
            new BatchNormalization(1e-3f, false, false),
            "BatchNormalization: expected statistics of (3,), found (4,)",
            pixels,
            Shape.of(4),
            Shape.of(4)),
        Misfit.of(
            new Conv2dTranspose(2, 2, SAME, -1, -1),
            "Conv2dTranspose: expected a kernel for 3 channels, found (3, 3, 3, 4)",
            pixels,
            Shape.of(3, 3, 3, 4)),
        Misfit.of(
            new Conv2dTranspose(2, 2, SAME, 0, 0),
            "Conv2dTranspose: expected output_padding for which a convolution takes the output to"
                + " the input, found 0 for an input (2, 5, 5, 3)",
            pixels,
            Shape.of(2, 2, 4, 3)),
        Misfit.of(
            new LayerNormalization(2, 1e-3f, true, false),
            "LayerNormalization: expected gamma and beta of (5, 3), found (3,)",
            pixels,
            Shape.of(3)),
        Misfit.of(
            new LayerNormalization(4, 1e-3f, false, false),
            "LayerNormalization: expected more than 4 dimensions, found (2, 5, 5, 3)",
            pixels),
        Misfit.of(
            new GroupNormalization(2, 1e-3f, false, false),
            "GroupNormalization: expected an input [n, ..., c], c in 2 groups, found (2, 5, 5, 3)",
            pixels),
        Misfit.of(
            new BinaryCrossentropy(false),
            "BinaryCrossentropy: expected targets of (2, 1), found (2,)",
            Shape.of(2, 1),
            Shape.of(2)),
        Misfit.of(
            new MeanSquaredError(),
            "MeanSquaredError: expected weights of (2,), found (3,)",
            Shape.of(2, 1),
            Shape.of(2, 1),
            Shape.of(3)),
        Misfit.of(
            new SparseCategoricalCrossentropy(true),
            "SparseCategoricalCrossentropy: expected one target a sample of (2, 5), found (2, 5)",
            Shape.of(2, 5),
            Shape.of(2, 5)));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatDoesNotFitIsNamedWithWhatWasExpected(Misfit misfit) {
    ShapeException e =
        assertThrows(ShapeException.class, () -> misfit.op().outputShape(misfit.inputs()));
    assertEquals(misfit.message(), e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void anUnknownBatchStaysUnknown(OpCase c) {
    Shape known = c.outputShape();
    if (known.rank() == 0) {
      return;
    }
    int batch = c.inputs().get(0).shape().dim(0);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < c.inputs().size(); i++) {
      Shape shape = c.inputs().get(i).shape();
      boolean elementwise = c.op() instanceof ScaledAdd || c.op() instanceof BroadcastOp;
      boolean batched = i == 0 || elementwise || c.op() instanceof Concat;
      shapes.add(batched ? shape.withBatch(Shape.UNKNOWN) : shape);
    }
    assertEquals(batch, known.dim(0));
    assertEquals(known.withBatch(Shape.UNKNOWN), c.op().outputShape(shapes));
  }

  @Test
  void hyperParametersOutOfRangeAreRefused() {
    assertRefused("Conv2d: expected strides of at least 1, found 0", () -> conv(0, 1, 1));
    assertRefused("Conv2d: expected dilations of at least 1, found 0", () -> conv(1, 0, 1));
    assertRefused("Conv2d: expected groups of at least 1, found -1", () -> conv(1, 1, -1));
    assertRefused(
        "Conv2dTranspose: expected output_padding below the strides, found 0, 2",
        () -> new Conv2dTranspose(1, 2, SAME, 0, 2));
    assertRefused(
        "MaxPool2d: expected a window of at least 1, found 0",
        () -> new MaxPool2d(2, 0, 1, 1, SAME));
    assertRefused(
        "ZeroPadding2d: expected padding of at least 0, found -1",
        () -> new ZeroPadding2d(0, 0, -1, 0));
    assertRefused(
        "Dropout: expected a rate of at least 0 and below 1, found 1.0", () -> new Dropout(1, 0));
    assertRefused(
        "SpatialDropout: expected a rate of at least 0 and below 1, found -0.1",
        () -> new SpatialDropout(-0.1, 0));
    assertRefused(
        "GaussianDropout: expected a rate of at least 0 and below 1, found NaN",
        () -> new GaussianDropout(Double.NaN, 0));
    assertRefused(
        "GaussianNoise: expected a stddev of at least 0, found -1.0",
        () -> new GaussianNoise(-1, 0));
    assertRefused(
        "Conv1d: expected dilations of at least 1, found 0", () -> new Conv1d(1, SAME, 0, 1));
    assertRefused(
        "DepthwiseConv1d: expected strides of at least 1, found 0",
        () -> new DepthwiseConv1d(0, SAME, 1));
    assertRefused("RepeatVector: expected n of at least 1, found 0", () -> new RepeatVector(0));
  }

  private static void conv(int strides, int dilations, int groups) {
    Conv2d op = new Conv2d(strides, 1, SAME, 1, dilations, groups);
    throw new AssertionError("accepted " + op);
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }
}
