package io.github.lanewise.applications;

import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;

/**
 * The layers of one Inception network, numbered from 1 in the order of their creation, as in the
 * official weight files: {@code conv2d_1}, {@code batch_normalization_1}, {@code activation_1}.
 */
abstract class InceptionLayers {

  private int convolutions;
  private int maxPools;
  private int averagePools;
  private int concatenations;

  /** 'same' and without strides. */
  Node conv(Node x, int filters, int height, int width) {
    return conv(x, filters, height, width, 1, Padding.SAME);
  }

  /** Convolution without bias, batch normalization without scale, relu. */
  Node conv(Node x, int filters, int height, int width, int strides, Padding padding) {
    int number = ++convolutions;
    Node y =
        new Conv2D(filters, height, width)
            .strides(strides)
            .padding(padding)
            .useBias(false)
            .name("conv2d_" + number)
            .on(x);
    y = new BatchNormalization().scale(false).name("batch_normalization_" + number).on(y);
    return Blocks.relu(y, "activation_" + number);
  }

  /** Windows of 3x3 with strides of 2. */
  Node maxPool(Node x) {
    return new MaxPooling2D(3).strides(2).name("max_pooling2d_" + ++maxPools).on(x);
  }

  /** Windows of 3x3, 'same'. */
  Node averagePool(Node x) {
    return new AveragePooling2D(3)
        .strides(1)
        .padding(Padding.SAME)
        .name("average_pooling2d_" + ++averagePools)
        .on(x);
  }

  /** A concatenation that Keras gives no name. */
  Node concatenate(Node... branches) {
    return concatenate("concatenate_" + ++concatenations, branches);
  }

  static Node concatenate(String name, Node... branches) {
    return new Concatenate().name(name).on(branches);
  }
}
