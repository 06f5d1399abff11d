package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.tensor.Shape;
import java.util.List;
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

  /** Counted through shapes: no weight is drawn. */
  private static long parameters(Model model) {
    return model.parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }
}
