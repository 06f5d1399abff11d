package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import java.util.Locale;

/**
 * ResNet V2 (He et al. 2016, "Identity Mappings in Deep Residual Networks"), with the layer names
 * of {@code keras/src/applications/resnet.py}. Keras's default input is 224 x 224; pixels are
 * preprocessed in mode {@code tf}.
 */
public enum ResNetV2 {
  /** 50 layers. */
  RESNET50V2(4, 6),
  /** 101 layers. */
  RESNET101V2(4, 23),
  /** 152 layers. */
  RESNET152V2(8, 36);

  private final int conv3;
  private final int conv4;

  ResNetV2(int conv3, int conv4) {
    this.conv3 = conv3;
    this.conv4 = conv4;
  }

  /**
   * The convolutional part, [n, height, width, 3] to {@code post_relu}, [n, h, w, 2048].
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
    x = Blocks.pad(x, 1, "pool1_pad");
    x = new MaxPooling2D(3).strides(2).name("pool1_pool").on(x);
    x = stack(x, 64, 3, 2, "conv2");
    x = stack(x, 128, conv3, 2, "conv3");
    x = stack(x, 256, conv4, 2, "conv4");
    return Blocks.normRelu(stack(x, 512, 3, 1, "conv5"), "post");
  }

  /** The last block of a stack has its strides. */
  private static Node stack(Node input, int filters, int blocks, int strides, String name) {
    Node x = input;
    for (int i = 1; i <= blocks; i++) {
      x = block(x, filters, i == blocks ? strides : 1, i == 1, name + "_block" + i);
    }
    return x;
  }

  private static Node block(Node x, int filters, int strides, boolean project, String name) {
    Node active = Blocks.normRelu(x, name + "_preact");
    Node shortcut = x;
    if (project) {
      shortcut = Blocks.conv(active, 4 * filters, 1, strides, true, name + "_0_conv");
    } else if (strides > 1) {
      shortcut = new MaxPooling2D(1).strides(strides).on(x);
    }
    Node y = Blocks.conv(active, filters, 1, 1, false, name + "_1_conv");
    y = Blocks.pad(Blocks.normRelu(y, name + "_1"), 1, name + "_2_pad");
    y = Blocks.conv(y, filters, 3, strides, false, name + "_2_conv");
    y = Blocks.conv(Blocks.normRelu(y, name + "_2"), 4 * filters, 1, 1, true, name + "_3_conv");
    return new Add().name(name + "_out").on(shortcut, y);
  }
}
