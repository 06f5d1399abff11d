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

  /** Layers with arguments that are not the defaults, on one picture [6, 5, 4] or several. */
  static Stream<Supplier<Layer>> layers() {
    return Stream.of(
        () -> new ActivationLayer(Activation.GELU),
        Add::new,
        Average::new,
        () -> new AveragePooling2D(3, 2).strides(2, 1).padding(Padding.SAME),
        () -> new BatchNormalization().momentum(0.9).epsilon(0.01).scale(false),
        () -> new Concatenate().axis(1),
        () -> new Conv2D(6, 3, 2).strides(2, 1).padding(Padding.SAME).groups(2).useBias(false),
        () -> new Conv2D(3, 2).dilationRate(2, 1).activation(Activation.ELU),
        () -> new Cropping2D(1, 2, 0, 3),
        () -> new Dense(3).activation(Activation.TANH),
        () -> new DepthwiseConv2D(3, 2).depthMultiplier(2).strides(1, 2),
        () -> new Dropout(0.3).seed(5),
        () -> new ELU(0.5),
        Flatten::new,
        () -> new GlobalAveragePooling2D().keepdims(true),
        GlobalMaxPooling2D::new,
        () -> new LeakyReLU(0.1),
        () -> new MaxPooling2D(2, 3).strides(1),
        Maximum::new,
        Minimum::new,
        Multiply::new,
        () -> new Permute(3, 1, 2),
        () -> new ReLU().maxValue(0.7).negativeSlope(0.1).threshold(0.2),
        () -> new Rescaling(2, -1),
        () -> new Reshape(4, -1),
        () -> new SeparableConv2D(5, 3, 3).strides(2).activation(Activation.RELU6),
        Softmax::new,
        Subtract::new,
        () -> new UpSampling2D(2, 3).bilinear(true),
        () -> new ZeroPadding2D(1, 2, 0, 3));
  }

  private static Tensor outputOf(Layer layer) {
    Node a = Input.of(6, 5, 4);
    Node b = Input.of(6, 5, 4);
    boolean two =
        Set.of("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract")
            .contains(layer.kerasClassName());
    Node y = two ? layer.on(a, b) : layer.on(a);
    Model model = new Model("m", two ? List.of(a, b) : List.of(a), List.of(y));
    return two ? model.forward(drawn(1), drawn(2)) : model.forward(drawn(1));
  }

  private static Tensor drawn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(2, 6, 5, 4);
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
