package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Multiply;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Normalization;
import io.github.lanewise.nn.Rescaling;
import io.github.lanewise.nn.Reshape;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import java.util.Locale;

/**
 * EfficientNet (Tan and Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
 * Networks"), with the layer names of {@code keras/src/applications/efficientnet.py}. Pixels are in
 * [0, 255]: the network begins by normalizing them, as Keras builds it for its ImageNet weights.
 */
public enum EfficientNet {
  /** The smallest. */
  B0(1.0, 1.0, 224, 0.2),
  /** A little deeper. */
  B1(1.0, 1.1, 240, 0.2),
  /** Wider from here on. */
  B2(1.1, 1.2, 260, 0.3),
  /** 1.2 times as wide and 1.4 times as deep as the smallest. */
  B3(1.2, 1.4, 300, 0.3),
  /** 1.4 times as wide and 1.8 times as deep. */
  B4(1.4, 1.8, 380, 0.4),
  /** 1.6 times as wide and 2.2 times as deep. */
  B5(1.6, 2.2, 456, 0.4),
  /** 1.8 times as wide and 2.6 times as deep. */
  B6(1.8, 2.6, 528, 0.5),
  /** Twice as wide and 3.1 times as deep. */
  B7(2.0, 3.1, 600, 0.5);

  private static final int SMALLEST = 32;
  private static final double DROP_CONNECT = 0.2;

  /**
   * Keras's file has standard deviations where the layer expects variances: what is left to divide
   * by.
   */
  private static final double[] BY_ROOT_OF_DEVIATION = {
    1 / Math.sqrt(0.229), 1 / Math.sqrt(0.224), 1 / Math.sqrt(0.225)
  };

  /** Stages: filters, blocks, strides of the first block, expansion, kernel size. */
  private static final int[][] STAGES = {
    {16, 1, 1, 1, 3},
    {24, 2, 2, 6, 3},
    {40, 2, 2, 6, 5},
    {80, 3, 2, 6, 3},
    {112, 3, 1, 6, 5},
    {192, 4, 2, 6, 5},
    {320, 1, 1, 6, 3}
  };

  private final double width;
  private final double depth;
  private final int size;
  private final double dropout;

  EfficientNet(double width, double depth, int size, double dropout) {
    this.width = width;
    this.depth = depth;
    this.size = size;
    this.dropout = dropout;
  }

  /** Height and width of Keras's default input. */
  public int defaultSize() {
    return size;
  }

  /** The model's name in Keras. */
  public String kerasName() {
    return "efficientnet" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The convolutional part, [n, height, width, 3] to {@code top_activation}, [n, h, w, c], where c
   * is 1280 (B0) to 2560 (B7).
   *
   * @throws IllegalArgumentException if height or width is less than 32
   */
  public Model notop(int height, int width) {
    Node input = Blocks.input(kerasName(), height, width, SMALLEST);
    return Blocks.notop(kerasName(), input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 32, or classes less than 1
   */
  public Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(kerasName(), height, width, SMALLEST);
    Node x = new GlobalAveragePooling2D().name("avg_pool").on(trunk(input));
    x = new Dropout(dropout).name("top_dropout").on(x);
    return Blocks.notop(kerasName(), input, Blocks.predictions(x, classes));
  }

  private Node trunk(Node input) {
    Node x = new Normalization().on(new Rescaling(1.0 / 255, 0).on(input));
    x = new Rescaling(BY_ROOT_OF_DEVIATION, new double[] {0}).on(x);
    x =
        Blocks.conv(
            Blocks.correctPad(x, 3, "stem_conv_pad"), filters(32), 3, 2, false, "stem_conv");
    x = normSwish(x, "stem_");
    int number = 0;
    for (int i = 0; i < STAGES.length; i++) {
      int[] stage = STAGES[i];
      for (int j = 0; j < repeats(stage); j++) {
        String prefix = "block" + (i + 1) + (char) ('a' + j) + "_";
        int strides = j == 0 ? stage[2] : 1;
        x = block(x, filters(stage[0]), strides, stage[3], stage[4], number++, prefix);
      }
    }
    return normSwish(Blocks.convSame(x, filters(1280), 1, false, "top_conv"), "top_");
  }

  private Node block(
      Node input, int filters, int strides, int expansion, int size, int number, String prefix) {
    int channels = input.shape().dim(-1);
    Node x = input;
    if (expansion > 1) {
      x = Blocks.convSame(x, expansion * channels, 1, false, prefix + "expand_conv");
      x = normSwish(x, prefix + "expand_");
    }
    if (strides == 2) {
      x = Blocks.correctPad(x, size, prefix + "dwconv_pad");
    }
    x =
        new DepthwiseConv2D(size)
            .strides(strides)
            .padding(strides == 2 ? Padding.VALID : Padding.SAME)
            .useBias(false)
            .name(prefix + "dwconv")
            .on(x);
    x = excite(normSwish(x, prefix), channels / 4, prefix + "se_");
    x = norm(Blocks.convSame(x, filters, 1, false, prefix + "project_conv"), prefix + "project_bn");
    if (strides == 2 || channels != filters) {
      return x;
    }
    if (number > 0) {
      x =
          new Dropout(DROP_CONNECT * number / blocks())
              .noiseShape(Shape.UNKNOWN, 1, 1, 1)
              .seed(number)
              .name(prefix + "drop")
              .on(x);
    }
    return new Add().name(prefix + "add").on(x, input);
  }

  /** Weighs the channels by what two layers make of their averages. */
  private static Node excite(Node x, int filters, String prefix) {
    int channels = x.shape().dim(-1);
    Node y = new GlobalAveragePooling2D().name(prefix + "squeeze").on(x);
    y = new Reshape(1, 1, channels).name(prefix + "reshape").on(y);
    y = weigh(y, filters, Activation.SILU, prefix + "reduce");
    y = weigh(y, channels, Activation.SIGMOID, prefix + "expand");
    return new Multiply().name(prefix + "excite").on(x, y);
  }

  private static Node weigh(Node x, int filters, Activation activation, String name) {
    return new Conv2D(filters, 1).padding(Padding.SAME).activation(activation).name(name).on(x);
  }

  private static Node norm(Node x, String name) {
    return new BatchNormalization().name(name).on(x);
  }

  private static Node normSwish(Node x, String prefix) {
    return new ActivationLayer(Activation.SILU)
        .name(prefix + "activation")
        .on(norm(x, prefix + "bn"));
  }

  private int filters(int filters) {
    return Blocks.multipleOf8(filters * width);
  }

  private int repeats(int[] stage) {
    return (int) Math.ceil(depth * stage[1]);
  }

  private int blocks() {
    int blocks = 0;
    for (int[] stage : STAGES) {
      blocks += repeats(stage);
    }
    return blocks;
  }
}
