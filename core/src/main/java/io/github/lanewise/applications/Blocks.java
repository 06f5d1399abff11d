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

  /**
   * The border for windows of {@code size} with strides of 2 and 'valid': half a window, less one
   * row at the top and one column at the left where their number is even ({@code correct_pad} of
   * {@code keras/src/applications/imagenet_utils.py}).
   */
  static Node correctPad(Node x, int size, String name) {
    int half = size / 2;
    int top = half - 1 + x.shape().dim(1) % 2;
    int left = half - 1 + x.shape().dim(2) % 2;
    return new ZeroPadding2D(top, half, left, half).name(name).on(x);
  }

  /** The multiple of 8 next to a number of filters, at least 8 and 90% of it. */
  static int multipleOf8(double filters) {
    int nearest = Math.max(8, (int) (filters + 4) / 8 * 8);
    return nearest < 0.9 * filters ? nearest + 8 : nearest;
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
