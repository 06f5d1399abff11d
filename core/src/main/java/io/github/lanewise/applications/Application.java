package io.github.lanewise.applications;

import static io.github.lanewise.applications.Preprocessing.CAFFE;
import static io.github.lanewise.applications.Preprocessing.NONE;
import static io.github.lanewise.applications.Preprocessing.TF;
import static io.github.lanewise.applications.Preprocessing.TORCH;

import io.github.lanewise.model.Model;
import java.util.List;

/**
 * A network of {@code keras.applications} by Keras's name: {@code
 * Application.named("ResNet50").withTop()}.
 *
 * @param name the name of Keras's function
 * @param size height and width of Keras's default input, in pixels
 * @param preprocessing what the network expects of its pixels
 * @param trunk builds the convolutional part
 * @param classifier builds the whole
 */
public record Application(
    String name, int size, Preprocessing preprocessing, Trunk trunk, Classifier classifier) {

  /** Builds a network without its top. */
  @FunctionalInterface
  public interface Trunk {

    /**
     * For an input [n, height, width, 3].
     *
     * @throws IllegalArgumentException if the input is too small for the network
     */
    Model build(int height, int width);
  }

  /** Builds a network with its top. */
  @FunctionalInterface
  public interface Classifier {

    /**
     * For an input [n, height, width, 3] and an output [n, classes].
     *
     * @throws IllegalArgumentException if the input is too small for the network, or classes less
     *     than 1
     */
    Model build(int height, int width, int classes);
  }

  /** The classes of ImageNet. */
  private static final int CLASSES = 1000;

  private static final List<Application> ALL =
      List.of(
          new Application("Xception", 299, TF, Xception::notop, Xception::withTop),
          new Application("VGG16", 224, CAFFE, VGG.VGG16::notop, VGG.VGG16::withTop),
          new Application("VGG19", 224, CAFFE, VGG.VGG19::notop, VGG.VGG19::withTop),
          new Application("ResNet50", 224, CAFFE, ResNet.RESNET50::notop, ResNet.RESNET50::withTop),
          new Application(
              "ResNet101", 224, CAFFE, ResNet.RESNET101::notop, ResNet.RESNET101::withTop),
          new Application(
              "ResNet152", 224, CAFFE, ResNet.RESNET152::notop, ResNet.RESNET152::withTop),
          new Application(
              "ResNet50V2", 224, TF, ResNetV2.RESNET50V2::notop, ResNetV2.RESNET50V2::withTop),
          new Application(
              "ResNet101V2", 224, TF, ResNetV2.RESNET101V2::notop, ResNetV2.RESNET101V2::withTop),
          new Application(
              "ResNet152V2", 224, TF, ResNetV2.RESNET152V2::notop, ResNetV2.RESNET152V2::withTop),
          new Application("InceptionV3", 299, TF, InceptionV3::notop, InceptionV3::withTop),
          new Application(
              "InceptionResNetV2", 299, TF, InceptionResNetV2::notop, InceptionResNetV2::withTop),
          new Application("MobileNet", 224, TF, MobileNet::notop, MobileNet::withTop),
          new Application("MobileNetV2", 224, TF, MobileNetV2::notop, MobileNetV2::withTop),
          new Application(
              "DenseNet121",
              224,
              TORCH,
              DenseNet.DENSENET121::notop,
              DenseNet.DENSENET121::withTop),
          new Application(
              "DenseNet169",
              224,
              TORCH,
              DenseNet.DENSENET169::notop,
              DenseNet.DENSENET169::withTop),
          new Application(
              "DenseNet201",
              224,
              TORCH,
              DenseNet.DENSENET201::notop,
              DenseNet.DENSENET201::withTop),
          new Application(
              "NASNetMobile", 224, TF, NASNet.NASNETMOBILE::notop, NASNet.NASNETMOBILE::withTop),
          new Application(
              "NASNetLarge", 331, TF, NASNet.NASNETLARGE::notop, NASNet.NASNETLARGE::withTop),
          efficientNet(EfficientNet.B0),
          efficientNet(EfficientNet.B1),
          efficientNet(EfficientNet.B2),
          efficientNet(EfficientNet.B3),
          efficientNet(EfficientNet.B4),
          efficientNet(EfficientNet.B5),
          efficientNet(EfficientNet.B6),
          efficientNet(EfficientNet.B7),
          new Application(
              "MobileNetV3Small",
              224,
              NONE,
              MobileNetV3.small()::notop,
              MobileNetV3.small()::withTop),
          new Application(
              "MobileNetV3Large",
              224,
              NONE,
              MobileNetV3.large()::notop,
              MobileNetV3.large()::withTop));

  private static Application efficientNet(EfficientNet network) {
    return new Application(
        "EfficientNet" + network.name(),
        network.defaultSize(),
        NONE,
        network::notop,
        network::withTop);
  }

  /** All networks, in the order of Keras's documentation. */
  public static List<Application> all() {
    return ALL;
  }

  /**
   * The network of this name, whatever its case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Application named(String name) {
    return ALL.stream()
        .filter(a -> a.name.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no network '"
                        + name
                        + "'; there are: "
                        + String.join(", ", ALL.stream().map(Application::name).toList())));
  }

  /** The convolutional part, for Keras's default input. */
  public Model notop() {
    return notop(size, size);
  }

  /**
   * The convolutional part, for an input [n, height, width, 3].
   *
   * @throws IllegalArgumentException if the input is too small for the network
   */
  public Model notop(int height, int width) {
    return trunk.build(height, width);
  }

  /** The classifier of ImageNet's 1000 classes, for Keras's default input. */
  public Model withTop() {
    return withTop(size, size, CLASSES);
  }

  /**
   * The classifier, for an input [n, height, width, 3].
   *
   * @throws IllegalArgumentException if the input is too small for the network, or classes less
   *     than 1
   */
  public Model withTop(int height, int width, int classes) {
    return classifier.build(height, width, classes);
  }
}
