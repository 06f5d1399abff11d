package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import java.util.Locale;

/**
 * ResNet (He et al. 2015, "Deep Residual Learning for Image Recognition"), with the layer names of
 * {@code keras/src/applications/resnet.py}. Keras's default input is 224 x 224; pixels are
 * preprocessed in mode {@code caffe}.
 */
public enum ResNet {
  /** 50 layers. */
  RESNET50(4, 6),
  /** 101 layers. */
  RESNET101(4, 23),
  /** 152 layers. */
  RESNET152(8, 36);

  private final int conv3;
  private final int conv4;

  ResNet(int conv3, int conv4) {
    this.conv3 = conv3;
    this.conv4 = conv4;
  }

  /**
   * The convolutional part, [n, height, width, 3] to {@code conv5_block3_out}, [n, h, w, 2048].
   *
   * @throws IllegalArgumentException if height or width is less than 32
   */
  public Model notop(int height, int width) {
    Node input = Blocks.input(kerasName(), height, width, 32);
    return Blocks.notop(kerasName(), input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 32, or classes less than 1
   */
  public Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(kerasName(), height, width, 32);
    return Blocks.withTop(kerasName(), input, trunk(input), classes);
  }

  /** The model's name in Keras. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Node trunk(Node input) {
    Node x = Blocks.conv(Blocks.pad(input, 3, "conv1_pad"), 64, 7, 2, true, "conv1_conv");
    x = Blocks.pad(Blocks.normRelu(x, "conv1"), 1, "pool1_pad");
    x = new MaxPooling2D(3).strides(2).name("pool1_pool").on(x);
    x = stack(x, 64, 3, 1, "conv2");
    x = stack(x, 128, conv3, 2, "conv3");
    x = stack(x, 256, conv4, 2, "conv4");
    return stack(x, 512, 3, 2, "conv5");
  }

  private static Node stack(Node input, int filters, int blocks, int strides, String name) {
    Node x = block(input, filters, strides, true, name + "_block1");
    for (int i = 2; i <= blocks; i++) {
      x = block(x, filters, 1, false, name + "_block" + i);
    }
    return x;
  }

  private static Node block(Node x, int filters, int strides, boolean project, String name) {
    Node shortcut = x;
    if (project) {
      shortcut = Blocks.conv(x, 4 * filters, 1, strides, true, name + "_0_conv");
      shortcut = Blocks.norm(shortcut, name + "_0_bn");
    }
    Node y = Blocks.conv(x, filters, 1, strides, true, name + "_1_conv");
    y = Blocks.convSame(Blocks.normRelu(y, name + "_1"), filters, 3, true, name + "_2_conv");
    y = Blocks.conv(Blocks.normRelu(y, name + "_2"), 4 * filters, 1, 1, true, name + "_3_conv");
    y = Blocks.norm(y, name + "_3_bn");
    return Blocks.relu(new Add().name(name + "_add").on(shortcut, y), name + "_out");
  }
}
