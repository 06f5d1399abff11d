package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ZeroPadding2D;
import java.util.Locale;

/**
 * DenseNet (Huang et al. 2016, "Densely Connected Convolutional Networks"), with the layer names of
 * {@code keras/src/applications/densenet.py}. Keras's default input is 224 x 224; pixels are
 * preprocessed in mode {@code torch}.
 */
public enum DenseNet {
  /** 121 layers. */
  DENSENET121(24, 16),
  /** 169 layers. */
  DENSENET169(32, 32),
  /** 201 layers. */
  DENSENET201(48, 32);

  private static final int GROWTH = 32;

  private final int conv4;
  private final int conv5;

  DenseNet(int conv4, int conv5) {
    this.conv4 = conv4;
    this.conv5 = conv5;
  }

  /**
   * The convolutional part, [n, height, width, 3] to {@code relu}, [n, h, w, channels].
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
    Node x = Blocks.conv(new ZeroPadding2D(3).on(input), 64, 7, 2, false, "conv1_conv");
    x = new ZeroPadding2D(1).on(Blocks.normRelu(x, "conv1"));
    x = new MaxPooling2D(3).strides(2).name("pool1").on(x);
    x = transition(dense(x, 6, "conv2"), 128, "pool2");
    x = transition(dense(x, 12, "conv3"), 256, "pool3");
    int channels = (256 + GROWTH * conv4) / 2;
    x = transition(dense(x, conv4, "conv4"), channels, "pool4");
    x = dense(x, conv5, "conv5");
    return Blocks.relu(Blocks.norm(x, "bn"), "relu");
  }

  private static Node dense(Node input, int blocks, String name) {
    Node x = input;
    for (int i = 1; i <= blocks; i++) {
      String block = name + "_block" + i;
      Node y = Blocks.normRelu(x, block + "_0");
      y = Blocks.conv(y, 4 * GROWTH, 1, 1, false, block + "_1_conv");
      y = Blocks.convSame(Blocks.normRelu(y, block + "_1"), GROWTH, 3, false, block + "_2_conv");
      x = new Concatenate().name(block + "_concat").on(x, y);
    }
    return x;
  }

  private static Node transition(Node x, int channels, String name) {
    Node y = Blocks.conv(Blocks.normRelu(x, name), channels, 1, 1, false, name + "_conv");
    return new AveragePooling2D(2).strides(2).name(name + "_pool").on(y);
  }
}
