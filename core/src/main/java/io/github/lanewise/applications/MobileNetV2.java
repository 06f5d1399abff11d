package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.op.Padding;

/**
 * MobileNetV2 (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks"), of
 * full width, with the layer names of {@code keras/src/applications/mobilenet_v2.py}. Keras's
 * default input is 224 x 224; pixels are preprocessed in mode {@code tf}.
 */
public final class MobileNetV2 {

  private static final String NAME = "mobilenetv2_1.00_224";
  private static final int SMALLEST = 32;
  private static final int EXPANSION = 6;

  /** Stages after the first block: filters, blocks, strides of the first block. */
  private static final int[][] STAGES = {
    {24, 2, 2}, {32, 3, 2}, {64, 4, 2}, {96, 3, 1}, {160, 3, 2}, {320, 1, 1}
  };

  private MobileNetV2() {}

  /**
   * The convolutional part, [n, height, width, 3] to {@code out_relu}, [n, h, w, 1280].
   *
   * @throws IllegalArgumentException if height or width is less than 32
   */
  public static Model notop(int height, int width) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.notop(NAME, input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 32, or classes less than 1
   */
  public static Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    Node pooled = new GlobalAveragePooling2D().on(trunk(input));
    return Blocks.notop(NAME, input, Blocks.predictions(pooled, classes));
  }

  private static Node trunk(Node input) {
    Node x =
        new Conv2D(32, 3).strides(2).padding(Padding.SAME).useBias(false).name("Conv1").on(input);
    x = relu(norm(x, "bn_Conv1"), "Conv1_relu");
    x = convolve(x, 16, 1, "expanded_conv_");
    int number = 1;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[1]; i++) {
        x = block(x, stage[0], i == 0 ? stage[2] : 1, "block_" + number++ + "_");
      }
    }
    x = Blocks.conv(x, 1280, 1, 1, false, "Conv_1");
    return relu(norm(x, "Conv_1_bn"), "out_relu");
  }

  private static Node block(Node x, int filters, int strides, String prefix) {
    int channels = x.shape().dim(-1);
    Node y = Blocks.convSame(x, EXPANSION * channels, 1, false, prefix + "expand");
    y = relu(norm(y, prefix + "expand_BN"), prefix + "expand_relu");
    y = convolve(y, filters, strides, prefix);
    return strides == 1 && channels == filters ? new Add().name(prefix + "add").on(x, y) : y;
  }

  /** The depthwise convolution and the linear projection. */
  private static Node convolve(Node input, int filters, int strides, String prefix) {
    Node x = input;
    if (strides == 2) {
      x = Blocks.correctPad(x, 3, prefix + "pad");
    }
    x =
        new DepthwiseConv2D(3)
            .strides(strides)
            .padding(strides == 2 ? Padding.VALID : Padding.SAME)
            .useBias(false)
            .name(prefix + "depthwise")
            .on(x);
    x = relu(norm(x, prefix + "depthwise_BN"), prefix + "depthwise_relu");
    x = Blocks.convSame(x, filters, 1, false, prefix + "project");
    return norm(x, prefix + "project_BN");
  }

  private static Node norm(Node x, String name) {
    return new BatchNormalization().momentum(0.999).name(name).on(x);
  }

  private static Node relu(Node x, String name) {
    return new ReLU().maxValue(6).name(name).on(x);
  }
}
