package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.SeparableConv2D;
import io.github.lanewise.op.Padding;

/**
 * Xception (Chollet 2016, "Xception: Deep Learning with Depthwise Separable Convolutions"), with
 * the layer names of {@code keras/src/applications/xception.py}. Keras's default input is 299 x
 * 299; pixels are preprocessed in mode {@code tf}.
 */
public final class Xception {

  private static final String NAME = "xception";
  private static final int SMALLEST = 71;

  private Xception() {}

  /**
   * The convolutional part, [n, height, width, 3] to {@code block14_sepconv2_act}, [n, h, w, 2048].
   *
   * @throws IllegalArgumentException if height or width is less than 71
   */
  public static Model notop(int height, int width) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.notop(NAME, input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 71, or classes less than 1
   */
  public static Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.withTop(NAME, input, trunk(input), classes);
  }

  private static Node trunk(Node input) {
    Node x = Blocks.conv(input, 32, 3, 2, false, "block1_conv1");
    x = Blocks.relu(norm(x, "block1_conv1_bn"), "block1_conv1_act");
    x = Blocks.conv(x, 64, 3, 1, false, "block1_conv2");
    x = Blocks.relu(norm(x, "block1_conv2_bn"), "block1_conv2_act");
    x = shrink(x, 128, 128, "block2", false);
    x = shrink(x, 256, 256, "block3", true);
    x = shrink(x, 728, 728, "block4", true);
    for (int i = 5; i <= 12; i++) {
      Node y = x;
      for (int j = 1; j <= 3; j++) {
        y = separable(y, 728, "block" + i + "_sepconv" + j, true);
      }
      x = new Add().on(y, x);
    }
    x = shrink(x, 728, 1024, "block13", true);
    x = separable(x, 1536, "block14_sepconv1", false);
    x = Blocks.relu(x, "block14_sepconv1_act");
    x = separable(x, 2048, "block14_sepconv2", false);
    return Blocks.relu(x, "block14_sepconv2_act");
  }

  /** Two separable convolutions and a pooling, beside a 1x1 convolution with strides of 2. */
  private static Node shrink(Node x, int first, int filters, String block, boolean activated) {
    Node y = separable(x, first, block + "_sepconv1", activated);
    y = separable(y, filters, block + "_sepconv2", true);
    y = new MaxPooling2D(3).strides(2).padding(Padding.SAME).name(block + "_pool").on(y);
    Node residual = new Conv2D(filters, 1).strides(2).padding(Padding.SAME).useBias(false).on(x);
    return new Add().on(y, new BatchNormalization().on(residual));
  }

  private static Node separable(Node input, int filters, String name, boolean activated) {
    Node x = activated ? Blocks.relu(input, name + "_act") : input;
    x = new SeparableConv2D(filters, 3, 3).padding(Padding.SAME).useBias(false).name(name).on(x);
    return norm(x, name + "_bn");
  }

  private static Node norm(Node x, String name) {
    return new BatchNormalization().name(name).on(x);
  }
}
