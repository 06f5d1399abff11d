package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerSettersTest {

  /** A call of a setter that must not follow the layer's first call, and Keras's argument. */
  record Setter(String argument, Layer layer, Runnable call) {

    static <L extends Layer> Setter of(String argument, L layer, Consumer<L> call) {
      return new Setter(argument, layer, () -> call.accept(layer));
    }

    @Override
    public String toString() {
      return layer.kerasClassName() + " " + argument;
    }
  }

  static List<Setter> setters() {
    return List.of(
        Setter.of("strides", new Conv2D(4, 3), l -> l.strides(2)),
        Setter.of("padding", new Conv2D(4, 3), l -> l.padding(Padding.SAME)),
        Setter.of("dilation_rate", new Conv2D(4, 3), l -> l.dilationRate(2)),
        Setter.of("groups", new Conv2D(4, 3), l -> l.groups(2)),
        Setter.of("activation", new Conv2D(4, 3), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new Conv2D(4, 3), l -> l.useBias(false)),
        Setter.of("kernel_initializer", new Conv2D(4, 3), l -> l.kernelInitializer(new Zeros())),
        Setter.of("strides", new DepthwiseConv2D(3), l -> l.strides(2)),
        Setter.of("padding", new DepthwiseConv2D(3), l -> l.padding(Padding.SAME)),
        Setter.of("dilation_rate", new DepthwiseConv2D(3), l -> l.dilationRate(2)),
        Setter.of("depth_multiplier", new DepthwiseConv2D(3), l -> l.depthMultiplier(2)),
        Setter.of("activation", new DepthwiseConv2D(3), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new DepthwiseConv2D(3), l -> l.useBias(false)),
        Setter.of(
            "depthwise_initializer",
            new DepthwiseConv2D(3),
            l -> l.depthwiseInitializer(new Zeros())),
        Setter.of("activation", new Dense(4), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new Dense(4), l -> l.useBias(false)),
        Setter.of("kernel_initializer", new Dense(4), l -> l.kernelInitializer(new Zeros())),
        Setter.of("momentum", new BatchNormalization(), l -> l.momentum(0.5)),
        Setter.of("epsilon", new BatchNormalization(), l -> l.epsilon(0.5)),
        Setter.of("scale", new BatchNormalization(), l -> l.scale(false)),
        Setter.of("center", new BatchNormalization(), l -> l.center(false)),
        Setter.of("noise_shape", new Dropout(0.1), l -> l.noiseShape(Shape.UNKNOWN, 1, 1, 1)),
        Setter.of("strides", new Conv2DTranspose(4, 3), l -> l.strides(2)),
        Setter.of("padding", new Conv2DTranspose(4, 3), l -> l.padding(Padding.SAME)),
        Setter.of("output_padding", new Conv2DTranspose(4, 3), l -> l.outputPadding(0, 0)),
        Setter.of("activation", new Conv2DTranspose(4, 3), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new Conv2DTranspose(4, 3), l -> l.useBias(false)),
        Setter.of(
            "kernel_initializer", new Conv2DTranspose(4, 3), l -> l.kernelInitializer(new Zeros())),
        Setter.of("interpolation", new Resizing(4, 3), l -> l.bilinear(false)),
        Setter.of("axis", new LayerNormalization(), l -> l.axis(2, 3)),
        Setter.of("epsilon", new LayerNormalization(), l -> l.epsilon(0.5)),
        Setter.of("scale", new LayerNormalization(), l -> l.scale(false)),
        Setter.of("center", new LayerNormalization(), l -> l.center(false)),
        Setter.of("epsilon", new GroupNormalization(3), l -> l.epsilon(0.5)),
        Setter.of("scale", new GroupNormalization(3), l -> l.scale(false)),
        Setter.of("center", new GroupNormalization(3), l -> l.center(false)),
        Setter.of("strides", new MaxPooling2D(2), l -> l.strides(1)),
        Setter.of("padding", new MaxPooling2D(2), l -> l.padding(Padding.SAME)),
        Setter.of("strides", new AveragePooling2D(2), l -> l.strides(1)),
        Setter.of("padding", new AveragePooling2D(2), l -> l.padding(Padding.SAME)),
        Setter.of("axis", new Concatenate(), l -> l.axis(1)),
        Setter.of("keepdims", new GlobalAveragePooling2D(), l -> l.keepdims(true)),
        Setter.of("keepdims", new GlobalMaxPooling2D(), l -> l.keepdims(true)),
        Setter.of("axis", new Softmax(), l -> l.axis(1)),
        Setter.of("shared_axes", new PReLU(), l -> l.sharedAxes(1)),
        Setter.of("alpha_initializer", new PReLU(), l -> l.alphaInitializer(new Ones())),
        Setter.of("strides", new Conv1D(4, 3), l -> l.strides(2)),
        Setter.of("padding", new Conv1D(4, 3), l -> l.padding(Padding.SAME)),
        Setter.of("padding", new Conv1D(4, 3), l -> l.causal()),
        Setter.of("dilation_rate", new Conv1D(4, 3), l -> l.dilationRate(2)),
        Setter.of("groups", new Conv1D(4, 3), l -> l.groups(2)),
        Setter.of("activation", new Conv1D(4, 3), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new Conv1D(4, 3), l -> l.useBias(false)),
        Setter.of("kernel_initializer", new Conv1D(4, 3), l -> l.kernelInitializer(new Zeros())),
        Setter.of("strides", new SeparableConv1D(4, 3), l -> l.strides(2)),
        Setter.of("padding", new SeparableConv1D(4, 3), l -> l.padding(Padding.SAME)),
        Setter.of("dilation_rate", new SeparableConv1D(4, 3), l -> l.dilationRate(2)),
        Setter.of("depth_multiplier", new SeparableConv1D(4, 3), l -> l.depthMultiplier(2)),
        Setter.of("activation", new SeparableConv1D(4, 3), l -> l.activation(Activation.RELU)),
        Setter.of("use_bias", new SeparableConv1D(4, 3), l -> l.useBias(false)),
        Setter.of("strides", new MaxPooling1D(2), l -> l.strides(1)),
        Setter.of("padding", new MaxPooling1D(2), l -> l.padding(Padding.SAME)),
        Setter.of("strides", new AveragePooling1D(2), l -> l.strides(1)),
        Setter.of("padding", new AveragePooling1D(2), l -> l.padding(Padding.SAME)),
        Setter.of("keepdims", new GlobalAveragePooling1D(), l -> l.keepdims(true)),
        Setter.of("keepdims", new GlobalMaxPooling1D(), l -> l.keepdims(true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setters")
  void eachSetterWorksUntilTheFirstCallAndIsRefusedAfterIt(Setter setter) {
    Layer layer = setter.layer();
    setter.call().run();
    layer.assignName("it");
    boolean sequence = layer.kerasClassName().endsWith("1D");
    layer.on(sequence ? Input.of(9, 6) : Input.of(9, 9, 6));
    IllegalStateException e = assertThrows(IllegalStateException.class, setter.call()::run);
    assertEquals(
        "Layer 'it': " + setter.argument() + " can not change after the first call",
        e.getMessage());
  }

  @Test
  void aNameCanNotChange() {
    Dense layer = new Dense(1).name("head");
    assertEquals("head", layer.name("head").name());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> layer.name("tail"));
    assertEquals("Layer 'head': can not be renamed to 'tail'", e.getMessage());
    assertEquals("head", layer.name());
  }

  @Test
  void aLayerOutsideAnyModelHasNoNameUnlessGiven() {
    Layer layer = new Dense(1);
    IllegalStateException e = assertThrows(IllegalStateException.class, layer::name);
    assertEquals("Dense: has no name before it is part of a model", e.getMessage());
  }
}
