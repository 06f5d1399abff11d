package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerConfig;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationsTest {

  /** Totals of model.summary() with the top, the default input and 1000 classes. */
  @Test
  void parametersAreAsManyAsKerasDocuments() {
    assertEquals(138_357_544, parameters(VGG.VGG16.withTop(224, 224, 1000)));
    assertEquals(143_667_240, parameters(VGG.VGG19.withTop(224, 224, 1000)));
    assertEquals(25_636_712, parameters(ResNet.RESNET50.withTop(224, 224, 1000)));
    assertEquals(44_707_176, parameters(ResNet.RESNET101.withTop(224, 224, 1000)));
    assertEquals(60_419_944, parameters(ResNet.RESNET152.withTop(224, 224, 1000)));
    assertEquals(25_613_800, parameters(ResNetV2.RESNET50V2.withTop(224, 224, 1000)));
    assertEquals(44_675_560, parameters(ResNetV2.RESNET101V2.withTop(224, 224, 1000)));
    assertEquals(60_380_648, parameters(ResNetV2.RESNET152V2.withTop(224, 224, 1000)));
    assertEquals(8_062_504, parameters(DenseNet.DENSENET121.withTop(224, 224, 1000)));
    assertEquals(14_307_880, parameters(DenseNet.DENSENET169.withTop(224, 224, 1000)));
    assertEquals(20_242_984, parameters(DenseNet.DENSENET201.withTop(224, 224, 1000)));
    assertEquals(4_253_864, parameters(MobileNet.withTop(224, 224, 1000)));
    assertEquals(3_538_984, parameters(MobileNetV2.withTop(224, 224, 1000)));
    assertEquals(22_910_480, parameters(Xception.withTop(299, 299, 1000)));
    assertEquals(23_851_784, parameters(InceptionV3.withTop(299, 299, 1000)));
    assertEquals(55_873_736, parameters(InceptionResNetV2.withTop(299, 299, 1000)));
    assertEquals(54_336_736, parameters(InceptionResNetV2.notop(299, 299)));
    assertEquals(5_326_716, parameters(NASNet.NASNETMOBILE.withTop(224, 224, 1000)));
    assertEquals(4_269_716, parameters(NASNet.NASNETMOBILE.notop(224, 224)));
    assertEquals(88_949_818, parameters(NASNet.NASNETLARGE.withTop(331, 331, 1000)));
    assertEquals(84_916_818, parameters(NASNet.NASNETLARGE.notop(331, 331)));
  }

  /** Totals and numbers of weights of model.summary() and model.weights, each at its own size. */
  @Test
  void everyEfficientNetHasAsManyParametersAsKerasDocuments() {
    Map<EfficientNet, Integer> totals = new EnumMap<>(EfficientNet.class);
    totals.put(EfficientNet.B0, 5_330_571);
    totals.put(EfficientNet.B1, 7_856_239);
    totals.put(EfficientNet.B2, 9_177_569);
    totals.put(EfficientNet.B3, 12_320_535);
    totals.put(EfficientNet.B4, 19_466_823);
    totals.put(EfficientNet.B5, 30_562_527);
    totals.put(EfficientNet.B6, 43_265_143);
    totals.put(EfficientNet.B7, 66_658_687);
    totals.forEach(
        (net, total) -> {
          int size = net.defaultSize();
          assertEquals((int) total, parameters(net.withTop(size, size, 1000)), net.kerasName());
        });
    assertEquals(4_049_571, parameters(EfficientNet.B0.notop(224, 224)));
    assertEquals(314, EfficientNet.B0.withTop(224, 224, 1000).parameters().size());
    assertEquals(442, EfficientNet.B1.withTop(240, 240, 1000).parameters().size());
    assertEquals(1040, EfficientNet.B7.withTop(600, 600, 1000).parameters().size());
  }

  @Test
  void mobileNetV3HasAsManyParametersAsInKeras() {
    Model small = MobileNetV3.small().withTop(224, 224, 1000);
    Model large = MobileNetV3.large().withTop(224, 224, 1000);
    assertEquals(2_554_968, parameters(small));
    assertEquals(5_507_432, parameters(large));
    assertEquals(2_542_856, parameters(small.trainableParameters()));
    assertEquals(5_483_032, parameters(large.trainableParameters()));
    assertEquals(210, small.parameters().size());
    assertEquals(266, large.parameters().size());
    assertEquals(939_120, parameters(MobileNetV3.small().notop(224, 224)));
    assertEquals(2_996_352, parameters(MobileNetV3.large().notop(224, 224)));
  }

  /** Counted through the source; Keras documents millions: large 4.0, minimalistic 2.0 and 3.9. */
  @Test
  void narrowAndMinimalisticMobileNetV3HaveAsManyParametersAsInKeras() {
    MobileNetV3 small = MobileNetV3.small();
    MobileNetV3 large = MobileNetV3.large();
    assertEquals(2_051_552, parameters(small.alpha(0.75).withTop(224, 224, 1000)));
    assertEquals(4_012_616, parameters(large.alpha(0.75).withTop(224, 224, 1000)));
    assertEquals(3_660_640, parameters(small.alpha(1.25).withTop(224, 224, 1000)));
    assertEquals(2_056_848, parameters(small.minimalistic(true).withTop(224, 224, 1000)));
    assertEquals(3_948_688, parameters(large.minimalistic(true).withTop(224, 224, 1000)));
    assertThrows(IllegalArgumentException.class, () -> small.alpha(0));
  }

  @Test
  void mobileNetV3ScalesPixelsUnlessToldNotTo() {
    MobileNetV3 net = MobileNetV3.small();
    assertEquals(List.of("rescaling", "conv", "conv_bn"), names(net.notop(64, 64)).subList(1, 4));
    Model raw = net.includePreprocessing(false).notop(64, 64);
    assertEquals(List.of("conv", "conv_bn"), names(raw).subList(1, 3));
  }

  @Test
  void efficientNetDropsWholeBranchesMoreAndMoreOften() {
    Model model = EfficientNet.B0.notop(64, 64);
    LayerConfig last = model.layer("block6d_drop").layer().config();
    assertEquals(Arrays.asList(null, 1L, 1L, 1L), last.values().get("noise_shape"));
    assertEquals(0.2 * 14 / 16, last.real("rate", 0), 1e-9);
    LayerConfig first = model.layer("block2b_drop").layer().config();
    assertEquals(0.2 * 2 / 16, first.real("rate", 0), 1e-9);
  }

  @Test
  void theFeaturesOf224PixelsAre7By7() {
    assertFeatures(512, VGG.VGG16.notop(224, 224), "block5_pool");
    assertFeatures(2048, ResNet.RESNET50.notop(224, 224), "conv5_block3_out");
    assertFeatures(2048, ResNetV2.RESNET50V2.notop(224, 224), "post_relu");
    assertFeatures(1024, DenseNet.DENSENET121.notop(224, 224), "relu");
    assertFeatures(1024, MobileNet.notop(224, 224), "conv_pw_13_relu");
    assertFeatures(1280, MobileNetV2.notop(224, 224), "out_relu");
    assertFeatures(2048, Xception.notop(224, 224), "block14_sepconv2_act");
    assertFeatures(1056, NASNet.NASNETMOBILE.notop(224, 224), "activation_187");
    assertFeatures(1536, InceptionResNetV2.notop(267, 267), "conv_7b_ac");
    assertFeatures(1280, EfficientNet.B0.notop(224, 224), "top_activation");
  }

  @Test
  void layersHaveKerassNames() {
    List<String> vgg = names(VGG.VGG19.withTop(224, 224, 1000));
    assertEquals(26, vgg.size());
    assertEquals(List.of("flatten", "fc1", "fc2", "predictions"), vgg.subList(22, 26));
    Model resnet = ResNet.RESNET50.withTop(224, 224, 1000);
    assertEquals(177, names(resnet).size());
    assertEquals(
        Shape.of(Shape.UNKNOWN, 14, 14, 1024), resnet.layer("conv4_block6_out").output().shape());
    assertEquals(190, names(ResNetV2.RESNET50V2.notop(224, 224)).size());
    assertEquals(427, names(DenseNet.DENSENET121.notop(224, 224)).size());
    assertEquals(154, names(MobileNetV2.notop(224, 224)).size());
    assertEquals(86, names(MobileNet.notop(224, 224)).size());
    assertEquals(132, names(Xception.notop(299, 299)).size());
    assertEquals(769, names(NASNet.NASNETMOBILE.notop(224, 224)).size());
    assertEquals(1039, names(NASNet.NASNETLARGE.notop(331, 331)).size());
    List<String> efficientNet = names(EfficientNet.B0.notop(224, 224));
    assertEquals(238, efficientNet.size());
    assertEquals(
        List.of("rescaling", "normalization", "rescaling_1", "stem_conv_pad", "stem_conv"),
        efficientNet.subList(1, 6));
    List<String> mobileNetV3 = names(MobileNetV3.large().withTop(224, 224, 1000));
    int last = mobileNetV3.indexOf("expanded_conv_14_squeeze_excite_avg_pool");
    assertEquals(
        List.of("expanded_conv_14_squeeze_excite_conv", "expanded_conv_14_squeeze_excite_relu"),
        mobileNetV3.subList(last + 1, last + 3));
    List<String> ends =
        List.of("conv_1", "conv_1_bn", "conv_2", "dropout", "logits", "flatten", "predictions");
    assertEquals(ends, mobileNetV3.stream().filter(ends::contains).toList());
    int se = efficientNet.indexOf("block4c_se_squeeze");
    assertEquals(
        List.of("block4c_se_reshape", "block4c_se_reduce", "block4c_se_expand"),
        efficientNet.subList(se + 1, se + 4));
  }

  /**
   * The stretch is from a summary by tf.keras, which numbers from 0 where the official file does
   * from 1.
   */
  @Test
  void layersOfInceptionResNetV2ComeInKerassOrder() {
    List<String> names = names(InceptionResNetV2.notop(299, 299));
    assertEquals(780, names.size());
    assertEquals("conv2d_203", names.get(769));
    int from = names.indexOf("block35_1_conv");
    assertEquals(
        "block35_1_conv block35_1 block35_1_ac conv2d_22 batch_normalization_22 activation_22"
            + " conv2d_20 conv2d_23 batch_normalization_20 batch_normalization_23 activation_20"
            + " activation_23 conv2d_19 conv2d_21 conv2d_24",
        String.join(" ", names.subList(from, from + 15)));
  }

  /** The order is from a listing of NASNetLarge's layers in standalone Keras 2. */
  @Test
  void layersOfNasnetWithWeightsComeInKerassOrder() {
    Model model = NASNet.NASNETLARGE.notop(331, 331);
    List<String> names =
        model.layers().stream().filter(l -> !l.parameters().isEmpty()).map(Layer::name).toList();
    int from = names.indexOf("adjust_conv_1_stem_2");
    String found =
        String.join(" ", names.subList(from, from + 26))
            .replace("separable_conv_", "")
            .replace("reduction_", "")
            .replace("_stem_2", "");
    assertEquals(
        "adjust_conv_1 adjust_conv_2 conv_1 bn_1 adjust_bn"
            + " 1_left1 1_right1 1_bn_left1 1_bn_right1 2_left1 2_right1 2_bn_left1 2_bn_right1"
            + " 1_right2 1_bn_right2 1_right3 1_left4 1_bn_right3 1_bn_left4"
            + " 2_right2 2_bn_right2 2_right3 2_left4 2_bn_right3 2_bn_left4"
            + " adjust_conv_1_0",
        found);
  }

  @Test
  void anInputBelow32PixelsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ResNet.RESNET50.notop(31, 64));
  }

  private static void assertFeatures(int channels, Model model, String name) {
    assertEquals(name, model.layers().get(model.layers().size() - 1).name());
    assertEquals(Shape.of(Shape.UNKNOWN, 7, 7, channels), model.output().shape());
  }

  private static List<String> names(Model model) {
    return model.layers().stream().map(Layer::name).toList();
  }

  private static long parameters(Model model) {
    return parameters(model.parameters());
  }

  /** Counted through shapes: no weight is drawn. */
  private static long parameters(List<Parameter> parameters) {
    return parameters.stream().mapToLong(p -> p.shape().size()).sum();
  }
}
