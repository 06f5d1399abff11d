package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.CustomScaleLayer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;

/**
 * InceptionResNetV2 (Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the Impact of
 * Residual Connections on Learning"), with the layer names of {@code
 * keras/src/applications/inception_resnet_v2.py}; layers without one there are numbered as in the
 * official weight files. Keras's default input is 299 x 299; pixels are preprocessed in mode {@code
 * tf}.
 */
public final class InceptionResNetV2 extends InceptionLayers {

  private static final String NAME = "inception_resnet_v2";
  private static final int SMALLEST = 75;

  private InceptionResNetV2() {}

  /**
   * The convolutional part, [n, height, width, 3] to {@code conv_7b_ac}, [n, h, w, 1536].
   *
   * @throws IllegalArgumentException if height or width is less than 75
   */
  public static Model notop(int height, int width) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.notop(NAME, input, new InceptionResNetV2().trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 75, or classes less than 1
   */
  public static Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.withTop(NAME, input, new InceptionResNetV2().trunk(input), classes);
  }

  private Node trunk(Node input) {
    Node x = conv(input, 32, 3, 3, 2, Padding.VALID);
    x = conv(x, 32, 3, 3, 1, Padding.VALID);
    x = maxPool(conv(x, 64, 3, 3));
    x = conv(x, 80, 1, 1, 1, Padding.VALID);
    x = maxPool(conv(x, 192, 3, 3, 1, Padding.VALID));
    x = mixed5b(x);
    for (int i = 1; i <= 10; i++) {
      x = block35(x, "block35_" + i);
    }
    x = mixed6a(x);
    for (int i = 1; i <= 20; i++) {
      x = block17(x, "block17_" + i);
    }
    x = mixed7a(x);
    for (int i = 1; i <= 9; i++) {
      x = Blocks.relu(block8(x, 0.2, "block8_" + i), "block8_" + i + "_ac");
    }
    x = block8(x, 1, "block8_10");
    x = Blocks.convSame(x, 1536, 1, false, "conv_7b");
    x = new BatchNormalization().scale(false).name("conv_7b_bn").on(x);
    return Blocks.relu(x, "conv_7b_ac");
  }

  private Node mixed5b(Node x) {
    Node branch0 = conv(x, 96, 1, 1);
    Node branch1 = conv(conv(x, 48, 1, 1), 64, 5, 5);
    Node branch2 = conv(conv(conv(x, 64, 1, 1), 96, 3, 3), 96, 3, 3);
    Node branchPool = conv(averagePool(x), 64, 1, 1);
    return concatenate("mixed_5b", branch0, branch1, branch2, branchPool);
  }

  private Node block35(Node x, String name) {
    Node branch0 = conv(x, 32, 1, 1);
    Node branch1 = conv(conv(x, 32, 1, 1), 32, 3, 3);
    Node branch2 = conv(conv(conv(x, 32, 1, 1), 48, 3, 3), 64, 3, 3);
    return Blocks.relu(residual(x, 0.17, name, branch0, branch1, branch2), name + "_ac");
  }

  private Node mixed6a(Node x) {
    Node branch0 = conv(x, 384, 3, 3, 2, Padding.VALID);
    Node branch1 = conv(conv(x, 256, 1, 1), 256, 3, 3);
    branch1 = conv(branch1, 384, 3, 3, 2, Padding.VALID);
    return concatenate("mixed_6a", branch0, branch1, maxPool(x));
  }

  private Node block17(Node x, String name) {
    Node branch0 = conv(x, 192, 1, 1);
    Node branch1 = conv(conv(conv(x, 128, 1, 1), 160, 1, 7), 192, 7, 1);
    return Blocks.relu(residual(x, 0.1, name, branch0, branch1), name + "_ac");
  }

  private Node mixed7a(Node x) {
    Node branch0 = conv(conv(x, 256, 1, 1), 384, 3, 3, 2, Padding.VALID);
    Node branch1 = conv(conv(x, 256, 1, 1), 288, 3, 3, 2, Padding.VALID);
    Node branch2 = conv(conv(x, 256, 1, 1), 288, 3, 3);
    branch2 = conv(branch2, 320, 3, 3, 2, Padding.VALID);
    return concatenate("mixed_7a", branch0, branch1, branch2, maxPool(x));
  }

  private Node block8(Node x, double scale, String name) {
    Node branch0 = conv(x, 192, 1, 1);
    Node branch1 = conv(conv(conv(x, 192, 1, 1), 224, 1, 3), 256, 3, 1);
    return residual(x, scale, name, branch0, branch1);
  }

  /** The branches, projected to the channels of {@code x}, scaled and added to it. */
  private static Node residual(Node x, double scale, String name, Node... branches) {
    Node mixed = concatenate(name + "_mixed", branches);
    Node up = Blocks.convSame(mixed, x.shape().dim(-1), 1, true, name + "_conv");
    return new CustomScaleLayer(scale).name(name).on(x, up);
  }
}
