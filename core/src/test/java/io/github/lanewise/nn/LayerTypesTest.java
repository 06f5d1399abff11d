package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTypesTest {

  /**
   * Layers with arguments that are not the defaults, on one picture [6, 5, 4] or several; others as
   * sampleFor says.
   */
  static Stream<Supplier<Layer>> layers() {
    return Stream.of(
        () -> new ActivationLayer(Activation.GELU),
        Add::new,
        Average::new,
        () -> new AveragePooling1D(3).strides(2).padding(Padding.SAME),
        () -> new AveragePooling2D(3, 2).strides(2, 1).padding(Padding.SAME),
        () -> new BatchNormalization().momentum(0.9).epsilon(0.01).scale(false),
        () -> new Concatenate().axis(1),
        () -> new Conv1D(6, 3).strides(2).padding(Padding.SAME).groups(2).useBias(false),
        () -> new Conv1D(3, 2).dilationRate(2).causal().activation(Activation.ELU),
        () -> new Conv2D(6, 3, 2).strides(2, 1).padding(Padding.SAME).groups(2).useBias(false),
        () -> new Conv2D(3, 2).dilationRate(2, 1).activation(Activation.ELU),
        () -> new Cropping1D(1, 2),
        () -> new Cropping2D(1, 2, 0, 3),
        () -> new CustomScaleLayer(0.17),
        () -> new Dense(3).activation(Activation.TANH),
        () -> new DepthwiseConv2D(3, 2).depthMultiplier(2).strides(1, 2),
        () -> new Dropout(0.3).seed(5),
        () -> new Dropout(0.3).noiseShape(Shape.UNKNOWN, 1, 5, 1),
        () -> new ELU(0.5),
        Flatten::new,
        () -> new GaussianDropout(0.3).seed(5),
        () -> new GaussianNoise(0.3).seed(5),
        () -> new GlobalAveragePooling1D().keepdims(true),
        () -> new GlobalAveragePooling2D().keepdims(true),
        GlobalMaxPooling1D::new,
        GlobalMaxPooling2D::new,
        () -> new LeakyReLU(0.1),
        () -> new MaxPooling1D(3).strides(1),
        () -> new MaxPooling2D(2, 3).strides(1),
        Maximum::new,
        Minimum::new,
        Multiply::new,
        Normalization::new,
        () -> new Normalization(new double[] {1, 2, 3, 4}, new double[] {0.5}),
        () -> new PReLU().sharedAxes(1, 2).alphaInitializer(new Constant(0.25)),
        () -> new Permute(3, 1, 2),
        () -> new ReLU().maxValue(0.7).negativeSlope(0.1).threshold(0.2),
        () -> new RepeatVector(3),
        () -> new Rescaling(2, -1),
        () -> new Rescaling(new double[] {1, 2, 3, 4}, new double[] {0.5}),
        () -> new Reshape(4, -1),
        () -> new SeparableConv1D(5, 3).strides(2).depthMultiplier(2).useBias(false),
        () -> new SeparableConv1D(5, 2).dilationRate(2).activation(Activation.RELU6),
        () -> new SeparableConv2D(5, 3, 3).strides(2).activation(Activation.RELU6),
        () -> new Softmax().axis(2),
        () -> new SpatialDropout2D(0.3).seed(5),
        Subtract::new,
        () -> new UpSampling1D(3),
        () -> new Conv2DTranspose(3, 3, 2).strides(2, 3).padding(Padding.SAME).useBias(false),
        () -> new Conv2DTranspose(2, 3).strides(2).outputPadding(1, 0).activation(Activation.RELU),
        () -> new GroupNormalization(2).epsilon(0.01).center(false),
        () -> new GroupNormalization(-1).scale(false),
        () -> new LayerNormalization().axis(2, -1).epsilon(0.01).scale(false),
        () -> new LayerNormalization().center(false),
        () -> new Resizing(4, 9).bilinear(false),
        () -> new TFOpLambda("__operators__.add").y(3),
        () -> new TFOpLambda("math.subtract").x(1.0 / 6),
        () -> new TFOpLambda("math.multiply").y(Tensor.of(Shape.of(1, 4), 1, 2, 3, 0.1f)),
        () -> new TFOpLambda("math.truediv").x(Tensor.of(Shape.of(4), 1, 2, 3, 0.1f)),
        () -> new UpSampling2D(2, 3).bilinear(true),
        () -> new ZeroPadding1D(1, 2),
        () -> new ZeroPadding2D(1, 2, 0, 3));
  }

  private static Tensor outputOf(Layer layer) {
    int[] sample = sampleFor(layer.kerasClassName());
    Node a = Input.of(sample);
    Node b = Input.of(sample);
    boolean two =
        Set.of(
                "Add",
                "Average",
                "Concatenate",
                "CustomScaleLayer",
                "Maximum",
                "Minimum",
                "Multiply",
                "Subtract")
            .contains(layer.kerasClassName());
    Node y = two ? layer.on(a, b) : layer.on(a);
    Model model = new Model("m", two ? List.of(a, b) : List.of(a), List.of(y));
    return two
        ? model.forward(drawn(1, sample), drawn(2, sample))
        : model.forward(drawn(1, sample));
  }

  private static int[] sampleFor(String className) {
    if (className.endsWith("1D")) {
      return new int[] {6, 4};
    }
    return className.equals("RepeatVector") ? new int[] {4} : new int[] {6, 5, 4};
  }

  private static Tensor drawn(long seed, int... sample) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(Shape.of(sample).prepend(2));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerMadeFromAConfigurationComputesTheSameAndHasTheSameConfiguration(
      Supplier<Layer> supplier) {
    Layer layer = supplier.get();
    layer.setTrainable(false);
    layer.assignName("given");
    Layer copy = LayerTypes.standard().create(layer.config());
    assertEquals(layer.getClass(), copy.getClass());
    assertEquals(layer.config().values(), copy.config().values());
    assertEquals("given", copy.name());
    Tensor expected = outputOf(layer);
    Tensor found = outputOf(copy);
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  @Test
  void everyTypeIsAmongTheLayersThatAreTried() {
    Set<String> tried = new HashSet<>();
    layers().forEach(l -> tried.add(l.get().kerasClassName()));
    assertEquals(LayerTypes.standard().classNames(), tried);
  }

  @Test
  void anUnknownClassIsOneErrorThatSaysHowToRegisterIt() {
    LayerConfig config = LayerConfig.of("Lambda", Map.of("name", "odd"));
    ConfigException e =
        assertThrows(ConfigException.class, () -> LayerTypes.standard().create(config));
    assertTrue(
        e.getMessage().matches("Layer 'odd': no layer class Lambda .* LayerTypes.with.*"),
        e.getMessage());
    Layer own = LayerTypes.standard().with("Lambda", c -> new Rescaling(2, 0)).create(config);
    assertEquals("odd", own.name());
  }

  @Test
  void anArgumentOfTheWrongKindIsOneErrorThatNamesLayerArgumentAndBothKinds() {
    LayerConfig config =
        LayerConfig.of("Conv2D", Map.of("name", "c", "filters", "many", "kernel_size", 3));
    ConfigException e =
        assertThrows(ConfigException.class, () -> LayerTypes.standard().create(config));
    assertEquals(
        "Layer 'c' (Conv2D): filters: expected a whole number, found 'many'", e.getMessage());
  }

  @Test
  void channelsFirstIsRefused() {
    LayerConfig config =
        LayerConfig.of("Flatten", Map.of("name", "f", "data_format", "channels_first"));
    ConfigException e =
        assertThrows(ConfigException.class, () -> LayerTypes.standard().create(config));
    assertEquals(
        "Layer 'f' (Flatten): data_format: expected channels_last, found 'channels_first'",
        e.getMessage());
  }

  @Test
  void aLayerOfAnUnknownInitializerCanBeWrittenAndReadAgain() {
    Map<String, Object> odd = Map.of("class_name", "Orthogonal", "config", Map.of());
    LayerConfig config = LayerConfig.of("PReLU", Map.of("name", "p", "alpha_initializer", odd));
    LayerConfig written = LayerTypes.standard().create(config).config();
    assertEquals("p", LayerTypes.standard().create(written).name());
  }

  @Test
  void anUnknownInitializerMattersOnlyToALayerWhoseWeightsAreAskedFor() {
    LayerConfig config =
        LayerConfig.of(
            "Dense",
            Map.of(
                "name",
                "d",
                "units",
                2,
                "kernel_initializer",
                Map.of("class_name", "Orthogonal", "config", Map.of())));
    Layer layer = LayerTypes.standard().create(config);
    layer.build(List.of(Shape.of(Shape.UNKNOWN, 3)));
    assertThrows(ConfigException.class, () -> layer.parameters().get(0).value());
    Layer loaded = LayerTypes.standard().create(config);
    loaded.build(List.of(Shape.of(Shape.UNKNOWN, 3)));
    loaded.parameters().get(0).adopt(Tensor.zeros(3, 2));
    assertEquals(6, loaded.parameters().get(0).value().size());
  }
}
