package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ZeroPadding2D;
import io.github.lanewise.op.Padding;
import java.util.List;

/** What the networks are built of. Names are whole layer names, as in Keras. */
final class Blocks {

  /** The epsilon of batch normalization in ResNet and DenseNet. */
  private static final double EPSILON = 1.001e-5;

  private static final int CHANNELS = 3;

  private Blocks() {}

  /** An RGB input, [n, height, width, 3], of at least {@code smallest} pixels a side. */
  static Node input(String network, int height, int width, int smallest) {
    if (height < smallest || width < smallest) {
      throw new IllegalArgumentException(
          "%s: expected an input of at least %dx%d, found %dx%d"
              .formatted(network, smallest, smallest, height, width));
    }
    return Input.named("input_1", height, width, CHANNELS);
  }

  static Node conv(Node x, int filters, int size, int strides, boolean useBias, String name) {
    return new Conv2D(filters, size).strides(strides).useBias(useBias).name(name).on(x);
  }

  static Node convSame(Node x, int filters, int size, boolean useBias, String name) {
    return new Conv2D(filters, size).padding(Padding.SAME).useBias(useBias).name(name).on(x);
  }

  static Node norm(Node x, String name) {
    return new BatchNormalization().epsilon(EPSILON).name(name).on(x);
  }

  static Node relu(Node x, String name) {
    return new ActivationLayer(Activation.RELU).name(name).on(x);
  }

  /** {@code prefix_bn} and {@code prefix_relu}. */
  static Node normRelu(Node x, String prefix) {
    return relu(norm(x, prefix + "_bn"), prefix + "_relu");
  }

  static Node pad(Node x, int padding, String name) {
    return new ZeroPadding2D(padding).name(name).on(x);
  }

  static Model notop(String network, Node input, Node features) {
    return new Model(network, List.of(input), List.of(features));
  }

  /** Global average pooling {@code avg_pool} and the softmax {@code predictions}. */
  static Model withTop(String network, Node input, Node features, int classes) {
    Node pooled = new GlobalAveragePooling2D().name("avg_pool").on(features);
    return notop(network, input, predictions(pooled, classes));
  }

  static Node predictions(Node x, int classes) {
    return new Dense(classes).activation(Activation.SOFTMAX).name("predictions").on(x);
  }
}
