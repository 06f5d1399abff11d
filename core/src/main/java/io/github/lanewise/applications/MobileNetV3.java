package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Multiply;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.nn.Rescaling;
import io.github.lanewise.op.Padding;
import java.util.List;

/**
 * MobileNetV3 (Howard et al. 2019, "Searching for MobileNetV3"), with the layer names of {@code
 * keras/src/applications/mobilenet_v3.py} of Keras 3. Keras's default input is 224 x 224; pixels
 * are in [0, 255] and the network begins by scaling them, unless {@link #includePreprocessing} is
 * off: then they are preprocessed in mode {@code tf}.
 *
 * <p>Keras's weight files were written by Keras 2, whose layers had other names ({@code
 * expanded_conv/project/BatchNorm}): they are read by the order of the layers, as Keras 3 does,
 * with {@code KerasWeights.topological}. Those for the notop network are the ones named {@code
 * no_top_v2}. Immutable.
 */
public final class MobileNetV3 {

  private static final int SMALLEST = 32;
  private static final double DROPOUT = 0.2;

  /** A block: channels are widened by {@code expansion}; whether it excites, and is hard swish. */
  private record Block(
      double expansion, int filters, int size, int strides, boolean excites, boolean swish) {}

  private static final MobileNetV3 SMALL =
      of(
          "MobileNetV3Small",
          1024,
          new Block(1, 16, 3, 2, true, false),
          new Block(72.0 / 16, 24, 3, 2, false, false),
          new Block(88.0 / 24, 24, 3, 1, false, false),
          new Block(4, 40, 5, 2, true, true),
          new Block(6, 40, 5, 1, true, true),
          new Block(6, 40, 5, 1, true, true),
          new Block(3, 48, 5, 1, true, true),
          new Block(3, 48, 5, 1, true, true),
          new Block(6, 96, 5, 2, true, true),
          new Block(6, 96, 5, 1, true, true),
          new Block(6, 96, 5, 1, true, true));

  private static final MobileNetV3 LARGE =
      of(
          "MobileNetV3Large",
          1280,
          new Block(1, 16, 3, 1, false, false),
          new Block(4, 24, 3, 2, false, false),
          new Block(3, 24, 3, 1, false, false),
          new Block(3, 40, 5, 2, true, false),
          new Block(3, 40, 5, 1, true, false),
          new Block(3, 40, 5, 1, true, false),
          new Block(6, 80, 3, 2, false, true),
          new Block(2.5, 80, 3, 1, false, true),
          new Block(2.3, 80, 3, 1, false, true),
          new Block(2.3, 80, 3, 1, false, true),
          new Block(6, 112, 3, 1, true, true),
          new Block(6, 112, 3, 1, true, true),
          new Block(6, 160, 5, 2, true, true),
          new Block(6, 160, 5, 1, true, true),
          new Block(6, 160, 5, 1, true, true));

  private final String name;
  private final int features;
  private final List<Block> blocks;
  private final double alpha;
  private final boolean minimalistic;
  private final boolean includePreprocessing;

  private MobileNetV3(
      String name,
      int features,
      List<Block> blocks,
      double alpha,
      boolean minimalistic,
      boolean includePreprocessing) {
    this.name = name;
    this.features = features;
    this.blocks = blocks;
    this.alpha = alpha;
    this.minimalistic = minimalistic;
    this.includePreprocessing = includePreprocessing;
  }

  private static MobileNetV3 of(String name, int features, Block... blocks) {
    return new MobileNetV3(name, features, List.of(blocks), 1, false, true);
  }

  /** The small network, of 11 blocks. */
  public static MobileNetV3 small() {
    return SMALL;
  }

  /** The large network, of 15 blocks. */
  public static MobileNetV3 large() {
    return LARGE;
  }

  /**
   * The same of another width.
   *
   * @param alpha what the numbers of filters are multiplied by; there are files for 1 and 0.75
   * @throws IllegalArgumentException if it is not above 0
   */
  public MobileNetV3 alpha(double alpha) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha: expected above 0, found " + alpha);
    }
    return new MobileNetV3(name, features, blocks, alpha, minimalistic, includePreprocessing);
  }

  /** Whether relu replaces hard swish, 3x3 kernels 5x5 ones, and nothing excites; not at first. */
  public MobileNetV3 minimalistic(boolean minimalistic) {
    return new MobileNetV3(name, features, blocks, alpha, minimalistic, includePreprocessing);
  }

  /** Whether the network begins by scaling pixels to [-1, 1]; at first it does. */
  public MobileNetV3 includePreprocessing(boolean includePreprocessing) {
    return new MobileNetV3(name, features, blocks, alpha, minimalistic, includePreprocessing);
  }

  /**
   * The convolutional part, [n, height, width, 3] to the activation behind {@code conv_1_bn}, [n,
   * h, w, c], where c is 576 (small) or 960 (large) at full width.
   *
   * @throws IllegalArgumentException if height or width is less than 32
   */
  public Model notop(int height, int width) {
    Node input = Blocks.input(name, height, width, SMALLEST);
    return Blocks.notop(name, input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 32, or classes less than 1
   */
  public Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(name, height, width, SMALLEST);
    Node x = new GlobalAveragePooling2D().keepdims(true).on(trunk(input));
    int filters = alpha > 1 ? Blocks.multipleOf8(features * alpha) : features;
    x = activation(Blocks.convSame(x, filters, 1, true, "conv_2"), true);
    x = Blocks.convSame(new Dropout(DROPOUT).on(x), classes, 1, true, "logits");
    x = new ActivationLayer(Activation.SOFTMAX).name("predictions").on(new Flatten().on(x));
    return Blocks.notop(name, input, x);
  }

  private Node trunk(Node input) {
    Node x = includePreprocessing ? new Rescaling(1 / 127.5, -1).on(input) : input;
    x = new Conv2D(16, 3).strides(2).padding(Padding.SAME).useBias(false).name("conv").on(x);
    x = activation(norm(x, "conv_bn"), true);
    for (int i = 0; i < blocks.size(); i++) {
      x = block(x, blocks.get(i), i == 0 ? "expanded_conv_" : "expanded_conv_" + i + "_");
    }
    int filters = Blocks.multipleOf8(6 * x.shape().dim(-1));
    return activation(norm(Blocks.convSame(x, filters, 1, false, "conv_1"), "conv_1_bn"), true);
  }

  private Node block(Node input, Block block, String prefix) {
    int channels = input.shape().dim(-1);
    int filters = Blocks.multipleOf8(block.filters * alpha);
    int size = minimalistic ? 3 : block.size;
    Node x = input;
    if (block.expansion > 1) {
      int wide = Blocks.multipleOf8(channels * block.expansion);
      x = norm(Blocks.convSame(x, wide, 1, false, prefix + "expand"), prefix + "expand_bn");
      x = activation(x, block.swish);
    }
    if (block.strides == 2) {
      x = Blocks.correctPad(x, size, prefix + "depthwise_pad");
    }
    x =
        new DepthwiseConv2D(size)
            .strides(block.strides)
            .padding(block.strides == 2 ? Padding.VALID : Padding.SAME)
            .useBias(false)
            .name(prefix + "depthwise")
            .on(x);
    x = activation(norm(x, prefix + "depthwise_bn"), block.swish);
    if (block.excites && !minimalistic) {
      x = excite(x, prefix + "squeeze_excite_");
    }
    x = norm(Blocks.convSame(x, filters, 1, false, prefix + "project"), prefix + "project_bn");
    boolean adds = block.strides == 1 && channels == filters;
    return adds ? new Add().name(prefix + "add").on(input, x) : x;
  }

  /** Weighs the channels by what two layers make of their averages: relu6(y + 3) / 6. */
  private static Node excite(Node x, String prefix) {
    int channels = x.shape().dim(-1);
    Node y = new GlobalAveragePooling2D().keepdims(true).name(prefix + "avg_pool").on(x);
    y = Blocks.convSame(y, Blocks.multipleOf8(channels / 4.0), 1, true, prefix + "conv");
    y = new ReLU().name(prefix + "relu").on(y);
    y = Blocks.convSame(y, channels, 1, true, prefix + "conv_1");
    y = new ReLU().maxValue(6).on(new Rescaling(1, 3).on(y));
    return new Multiply().name(prefix + "mul").on(x, new Rescaling(1.0 / 6, 0).on(y));
  }

  private Node activation(Node x, boolean swish) {
    return swish && !minimalistic
        ? new ActivationLayer(Activation.HARD_SILU).on(x)
        : new ReLU().on(x);
  }

  private static Node norm(Node x, String name) {
    return new BatchNormalization().momentum(0.999).name(name).on(x);
  }
}
