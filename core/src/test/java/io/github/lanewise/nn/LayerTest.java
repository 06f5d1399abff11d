package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayerTest {

  @Test
  void parametersAreNamedAndShapedAsInKeras() {
    Node pixels = Input.of(9, 9, 6);
    assertEquals("[kernel(3, 1, 6, 8), bias(8,)]", parametersOf(new Conv2D(8, 3, 1), pixels));
    assertEquals(
        "[kernel(3, 3, 2, 9)]", parametersOf(new Conv2D(9, 3).groups(3).useBias(false), pixels));
    assertEquals(
        "[depthwise_kernel(3, 3, 6, 2), bias(12,)]",
        parametersOf(new DepthwiseConv2D(3).depthMultiplier(2), pixels));
    assertEquals("[kernel(6, 5), bias(5,)]", parametersOf(new Dense(5), pixels));
    assertEquals(
        "[gamma(6,), beta(6,), moving_mean(6,), moving_variance(6,)]",
        parametersOf(new BatchNormalization(), pixels));
    assertEquals(
        "[beta(6,), moving_mean(6,), moving_variance(6,)]",
        parametersOf(new BatchNormalization().scale(false), pixels));
    assertEquals("[]", parametersOf(new MaxPooling2D(2), pixels));
  }

  private static String parametersOf(Layer layer, Node input) {
    layer.on(input);
    return layer.parameters().toString();
  }

  @Test
  void outputsAreShapedAsInKeras() {
    Node pixels = Input.of(9, 8, 6);
    assertShape(new Conv2D(4, 3).on(pixels), 7, 6, 4);
    assertShape(new Conv2D(4, 3).strides(2).padding(Padding.SAME).on(pixels), 5, 4, 4);
    assertShape(new Conv2D(4, 3).dilationRate(2, 3).on(pixels), 5, 2, 4);
    assertShape(new DepthwiseConv2D(3).strides(2).depthMultiplier(2).on(pixels), 4, 3, 12);
    assertShape(new MaxPooling2D(2).on(pixels), 4, 4, 6);
    assertShape(new MaxPooling2D(3).strides(2).padding(Padding.SAME).on(pixels), 5, 4, 6);
    assertShape(new AveragePooling2D(3, 2).strides(1).on(pixels), 7, 7, 6);
    assertShape(new GlobalAveragePooling2D().on(pixels), 6);
    assertShape(new GlobalMaxPooling2D().keepdims(true).on(pixels), 1, 1, 6);
    assertShape(new Concatenate().on(pixels, pixels), 9, 8, 12);
    assertShape(new Concatenate().axis(1).on(pixels, pixels), 18, 8, 6);
    assertShape(new Add().on(pixels, pixels), 9, 8, 6);
    assertShape(new ZeroPadding2D(1, 2, 3, 4).on(pixels), 12, 15, 6);
    assertShape(new Flatten().on(pixels), 432);
    assertShape(new Reshape(72, 6).on(pixels), 72, 6);
    assertShape(new Dropout(0.5).on(pixels), 9, 8, 6);
    assertShape(new ActivationLayer(Activation.SOFTMAX).on(pixels), 9, 8, 6);
    assertShape(new ReLU().on(pixels), 9, 8, 6);
    assertShape(new Softmax().on(pixels), 9, 8, 6);
    assertShape(new PReLU().on(pixels), 9, 8, 6);
    assertShape(new SpatialDropout2D(0.5).on(pixels), 9, 8, 6);
    assertShape(new GaussianNoise(0.5).on(pixels), 9, 8, 6);
    assertShape(new GaussianDropout(0.5).on(pixels), 9, 8, 6);
    assertShape(new RepeatVector(3).on(Input.of(5)), 3, 5);
  }

  private static void assertShape(Node node, int... sample) {
    assertEquals(Shape.of(sample).prepend(Shape.UNKNOWN), node.shape(), node.layer().toString());
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    assertRefused("filters: expected at least 1, found 0", () -> new Conv2D(0, 3));
    assertRefused("kernel_size: expected at least 1, found 0", () -> new Conv2D(8, 3, 0));
    assertRefused("strides: expected at least 1, found -1", () -> strides(-1));
    assertRefused("units: expected at least 1, found 0", () -> new Dense(0));
    assertRefused("pool_size: expected at least 1, found 0", () -> new AveragePooling2D(0));
    assertRefused("padding: expected at least 0, found -2", () -> new ZeroPadding2D(-2));
    assertRefused("target_shape: expected at least 1, found -2", () -> new Reshape(-2, 3));
    assertRefused(
        "target_shape: expected at most one -1, found [-1, 3, -1]", () -> new Reshape(-1, 3, -1));
    assertRefused("rate: expected at least 0 and below 1, found 1.0", () -> new Dropout(1));
    assertRefused("rate: expected at least 0 and below 1, found 1.0", () -> new GaussianDropout(1));
    assertRefused(
        "rate: expected at least 0 and below 1, found 2.0", () -> new SpatialDropout2D(2));
    assertRefused("stddev: expected at least 0, found -1.0", () -> new GaussianNoise(-1));
    assertRefused("n: expected at least 1, found 0", () -> new RepeatVector(0));
    assertRefused("shared_axes: expected at least 1, found 0", () -> new PReLU().sharedAxes(0));
    assertRefused(
        "activation: expected one of [linear, relu, relu6, leaky_relu, elu, selu,"
            + " sigmoid, hard_sigmoid, tanh, silu, hard_silu, mish, gelu, softplus,"
            + " softsign, exponential, log_sigmoid, celu, hard_tanh, hard_shrink,"
            + " soft_shrink, tanh_shrink, squareplus, sparse_plus, sparse_sigmoid, softmax,"
            + " log_softmax], found 'maxout'",
        () -> Activation.of("maxout"));
    assertRefused("padding: expected same or valid, found 'full'", () -> Padding.of("full"));
    assertEquals(Activation.SIGMOID, Activation.of("sigmoid"));
    assertEquals(Padding.SAME, Padding.of("same"));
  }

  private static void strides(int strides) {
    Conv2D layer = new Conv2D(8, 3).strides(strides);
    throw new AssertionError("accepted by " + layer);
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void aShapeThatDoesNotFitIsReportedWithTheLayersName() {
    Conv2D layer = new Conv2D(4, 3).name("stem");
    ShapeException e = assertThrows(ShapeException.class, () -> layer.on(Input.of(7)));
    assertEquals(
        "Layer 'stem': Conv2D: expected an input [n, h, w, c] and 4 filters in 1 groups, found"
            + " (None, 7)",
        e.getMessage());
    ShapeException none = assertThrows(ShapeException.class, () -> layer.on());
    assertEquals("Layer 'stem': expected inputs, found none", none.getMessage());
  }

  @Test
  void aFirstCallThatFailsLeavesTheLayerUnbuilt() {
    Conv2D layer = new Conv2D(4, 5).name("stem");
    ShapeException e = assertThrows(ShapeException.class, () -> layer.on(Input.of(3, 3, 2)));
    assertEquals(
        "Layer 'stem': Conv2d: expected an input of at least 5x5 pixels, found (None, 3, 3, 2)",
        e.getMessage());
    assertFalse(layer.built());
    assertEquals(List.of(), layer.parameters());
    assertShape(layer.padding(Padding.SAME).on(Input.of(3, 3, 6)), 3, 3, 4);
  }

  @Test
  void aLayerThatIsCalledAgainKeepsItsWeightsAndWantsTheSameChannels() {
    Conv2D layer = new Conv2D(4, 3).name("shared");
    layer.on(Input.of(5, 5, 2));
    List<Parameter> parameters = layer.parameters();
    assertShape(layer.on(Input.of(8, 9, 2)), 6, 7, 4);
    assertEquals(parameters, layer.parameters());
    ShapeException e = assertThrows(ShapeException.class, () -> layer.on(Input.of(5, 5, 3)));
    assertEquals(
        "Layer 'shared': Conv2d: expected a kernel for 3 channels in 1 groups, found (3, 3, 2, 4)",
        e.getMessage());
    assertTrue(layer.built());
  }

  @Test
  void theSlopeOfAPReLUIsOneNumberAlongASharedAxis() {
    PReLU layer = new PReLU().sharedAxes(1, 2);
    layer.on(Input.of(5, 4, 3));
    assertEquals("[alpha(1, 1, 3)]", layer.parameters().toString());
    PReLU own = new PReLU();
    own.on(Input.of(5, 4));
    assertEquals("[alpha(5, 4)]", own.trainableParameters().toString());
    PReLU beyond = new PReLU().sharedAxes(3).name("p");
    ShapeException e = assertThrows(ShapeException.class, () -> beyond.on(Input.of(5, 4)));
    assertEquals("Layer 'p': PReLU: expected shared_axes below 3, found 3", e.getMessage());
  }

  @Test
  void dropoutOfChannelsWantsPictures() {
    SpatialDropout2D layer = new SpatialDropout2D(0.5).name("d");
    ShapeException e = assertThrows(ShapeException.class, () -> layer.on(Input.of(5, 4)));
    assertEquals(
        "Layer 'd': SpatialDropout2D: expected an input [n, h, w, c], found (None, 5, 4)",
        e.getMessage());
  }

  @Test
  void argumentsCanNotChangeAfterTheFirstCall() {
    Dense layer = new Dense(3).name("head");
    layer.on(Input.of(4));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> layer.useBias(false));
    assertEquals("Layer 'head': use_bias can not change after the first call", e.getMessage());
  }

  @Test
  void aFrozenLayerHasParametersButNoneToTrain() {
    BatchNormalization layer = new BatchNormalization();
    layer.on(Input.of(4));
    assertEquals("[gamma(4,), beta(4,)]", layer.trainableParameters().toString());
    layer.setTrainable(false);
    assertEquals(List.of(), layer.trainableParameters());
    assertEquals(4, layer.parameters().size());
  }

  @Test
  void automaticNamesStartAsInKeras() {
    assertEquals("conv2d", new Conv2D(1, 1).autoNamePrefix());
    assertEquals("depthwise_conv2d", new DepthwiseConv2D(1).autoNamePrefix());
    assertEquals("conv2d_transpose", new Conv2DTranspose(1, 1).autoNamePrefix());
    assertEquals("batch_normalization", new BatchNormalization().autoNamePrefix());
    assertEquals("max_pooling2d", new MaxPooling2D(2).autoNamePrefix());
    assertEquals("average_pooling2d", new AveragePooling2D(2).autoNamePrefix());
    assertEquals("global_average_pooling2d", new GlobalAveragePooling2D().autoNamePrefix());
    assertEquals("global_max_pooling2d", new GlobalMaxPooling2D().autoNamePrefix());
    assertEquals("zero_padding2d", new ZeroPadding2D(1).autoNamePrefix());
    assertEquals("activation", new ActivationLayer(Activation.RELU).autoNamePrefix());
    assertEquals("re_lu", new ReLU().autoNamePrefix());
    assertEquals("concatenate", new Concatenate().autoNamePrefix());
    assertEquals("conv1d", new Conv1D(1, 1).autoNamePrefix());
    assertEquals("separable_conv1d", new SeparableConv1D(1, 1).autoNamePrefix());
    assertEquals("max_pooling1d", new MaxPooling1D(2).autoNamePrefix());
    assertEquals("global_average_pooling1d", new GlobalAveragePooling1D().autoNamePrefix());
    assertEquals("up_sampling1d", new UpSampling1D(2).autoNamePrefix());
    assertEquals("zero_padding1d", new ZeroPadding1D(1, 1).autoNamePrefix());
    assertEquals("p_re_lu", new PReLU().autoNamePrefix());
    assertEquals("repeat_vector", new RepeatVector(1).autoNamePrefix());
    assertEquals("spatial_dropout2d", new SpatialDropout2D(0).autoNamePrefix());
    assertEquals("gaussian_noise", new GaussianNoise(0).autoNamePrefix());
    assertEquals("dense", new Dense(1).autoNamePrefix());
  }

  @Test
  void normalizationsHaveWeightsOfWhatTheyNormalizeOver() {
    LayerNormalization layer = new LayerNormalization().axis(-2, 3).name("n");
    layer.on(Input.of(3, 4, 5));
    assertEquals("[gamma(4, 5), beta(4, 5)]", layer.parameters().toString());
    GroupNormalization group = new GroupNormalization(-1).scale(false);
    group.on(Input.of(3, 4, 5));
    assertEquals("[beta(5,)]", group.parameters().toString());
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> new LayerNormalization().axis(1).on(Input.of(3, 4, 5)));
    assertEquals(
        "Layer 'LayerNormalization': LayerNormalization: expected the last axes in ascending"
            + " order, found [1] of an input (None, 3, 4, 5)",
        e.getMessage());
    e = assertThrows(ShapeException.class, () -> new GroupNormalization(2).on(Input.of(3, 5)));
    assertEquals(
        "Layer 'GroupNormalization': GroupNormalization: expected an input [n, ..., c], c in 2"
            + " groups, found (None, 3, 5)",
        e.getMessage());
  }
}
