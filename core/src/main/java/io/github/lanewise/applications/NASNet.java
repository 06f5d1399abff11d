package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Cropping2D;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.SeparableConv2D;
import io.github.lanewise.nn.ZeroPadding2D;
import io.github.lanewise.op.Padding;

/**
 * NASNet-A (Zoph et al. 2017, "Learning Transferable Architectures for Scalable Image
 * Recognition"), with the layer names of {@code keras/src/applications/nasnet.py}. Pixels are
 * preprocessed in mode {@code tf}.
 *
 * <p>Early versions of Keras called the layers of {@code reduction_right1} {@code reduction_1};
 * weights in a file with those names are matched by the order of the layers, which is the same.
 */
public enum NASNet {
  /** 4 cells of 1056 filters at the end; Keras's default input is 224 x 224. */
  NASNETMOBILE(32, 4, 44, false),
  /** 6 cells of 4032 filters at the end; Keras's default input is 331 x 331. */
  NASNETLARGE(96, 6, 168, true);

  private static final String NAME = "NASNet";
  private static final int SMALLEST = 32;

  private final int stemFilters;
  private final int cells;
  private final int filters;
  private final boolean skipReduction;

  NASNet(int stemFilters, int cells, int filters, boolean skipReduction) {
    this.stemFilters = stemFilters;
    this.cells = cells;
    this.filters = filters;
    this.skipReduction = skipReduction;
  }

  /**
   * The convolutional part, [n, height, width, 3] to an activation, [n, h, w, 1056] or 4032.
   *
   * @throws IllegalArgumentException if height or width is less than 32
   */
  public Model notop(int height, int width) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.notop(NAME, input, trunk(input));
  }

  /**
   * The classifier.
   *
   * @throws IllegalArgumentException if height or width is less than 32, or classes less than 1
   */
  public Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    Node pooled = new GlobalAveragePooling2D().on(trunk(input));
    return Blocks.notop(NAME, input, Blocks.predictions(pooled, classes));
  }

  /** Three stages of cells, each with the outputs {@code x} and {@code p} of the two before it. */
  private Node trunk(Node input) {
    Node p = norm(Blocks.conv(input, stemFilters, 3, 2, false, "stem_conv1"), "stem_bn1");
    Node x = reduction(p, p, filters / 4, "stem_1");
    Node stem = x;
    x = reduction(x, p, filters / 2, "stem_2");
    p = stem;
    for (int stage = 0; stage < 3; stage++) {
      int width = filters << stage;
      int first = stage * cells;
      if (stage > 0) {
        Node reduced = reduction(x, p, width, "reduce_" + first++);
        p = skipReduction ? p : x;
        x = reduced;
      }
      for (int i = 0; i < cells; i++) {
        Node next = normal(x, p, width, "" + (first + i));
        p = x;
        x = next;
      }
    }
    return relu(x);
  }

  /** Figure 4 of the paper, left. */
  private static Node normal(Node x, Node before, int filters, String id) {
    Node p = adjust(before, x, filters, id);
    Node h = project(relu(x), filters, "normal_conv_1_" + id, "normal_bn_1_" + id);
    Node left1 = separable(h, filters, 5, 1, "normal_left1_" + id);
    Node right1 = separable(p, filters, 3, 1, "normal_right1_" + id);
    Node left2 = separable(p, filters, 5, 1, "normal_left2_" + id);
    Node right2 = separable(p, filters, 3, 1, "normal_right2_" + id);
    Node left3 = averagePool(h, 1, "normal_left3_" + id);
    Node left4 = averagePool(p, 1, "normal_left4_" + id);
    Node right4 = averagePool(p, 1, "normal_right4_" + id);
    Node left5 = separable(h, filters, 3, 1, "normal_left5_" + id);
    Node sum1 = new Add().name("normal_add_1_" + id).on(left1, right1);
    Node sum2 = new Add().name("normal_add_2_" + id).on(left2, right2);
    Node sum3 = new Add().name("normal_add_3_" + id).on(left3, p);
    Node sum4 = new Add().name("normal_add_4_" + id).on(left4, right4);
    Node sum5 = new Add().name("normal_add_5_" + id).on(left5, h);
    return new Concatenate().name("normal_concat_" + id).on(p, sum1, sum2, sum3, sum4, sum5);
  }

  /** Figure 4 of the paper, right. */
  private static Node reduction(Node x, Node before, int filters, String id) {
    Node p = adjust(before, x, filters, id);
    Node h = project(relu(x), filters, "reduction_conv_1_" + id, "reduction_bn_1_" + id);
    Node padded = Blocks.correctPad(h, 3, "reduction_pad_1_" + id);
    Node left1 = separable(h, filters, 5, 2, "reduction_left1_" + id);
    Node right1 = separable(p, filters, 7, 2, "reduction_right1_" + id);
    Node sum1 = new Add().name("reduction_add_1_" + id).on(left1, right1);
    Node left2 = maxPool(padded, "reduction_left2_" + id);
    Node right2 = separable(p, filters, 7, 2, "reduction_right2_" + id);
    Node sum2 = new Add().name("reduction_add_2_" + id).on(left2, right2);
    Node left3 = averagePool(padded, 2, "reduction_left3_" + id);
    Node right3 = separable(p, filters, 5, 2, "reduction_right3_" + id);
    Node sum3 = new Add().name("reduction_add3_" + id).on(left3, right3);
    Node sum4 = new Add().on(sum2, averagePool(sum1, 1, "reduction_left4_" + id));
    Node left5 = separable(sum1, filters, 3, 1, "reduction_left4_" + id);
    Node right5 = maxPool(padded, "reduction_right5_" + id);
    Node sum5 = new Add().name("reduction_add4_" + id).on(left5, right5);
    return new Concatenate().name("reduction_concat_" + id).on(sum2, sum3, sum4, sum5);
  }

  /**
   * The output of the cell before the last in the size and the number of filters that a cell needs;
   * the first cell has its input twice, and takes it as it is.
   */
  private static Node adjust(Node before, Node x, int filters, String id) {
    if (before == x) {
      return before;
    }
    if (before.shape().dim(1) != x.shape().dim(1) || before.shape().dim(2) != x.shape().dim(2)) {
      Node p = Blocks.relu(before, "adjust_relu_1_" + id);
      Node shifted = new Cropping2D(1, 0, 1, 0).on(new ZeroPadding2D(0, 1, 0, 1).on(p));
      Node even = half(p, filters, "1_" + id);
      Node odd = half(shifted, filters, "2_" + id);
      return norm(new Concatenate().on(even, odd), "adjust_bn_" + id);
    }
    if (before.shape().dim(-1) != filters) {
      return project(relu(before), filters, "adjust_conv_projection_" + id, "adjust_bn_" + id);
    }
    return before;
  }

  /** Every second pixel, projected to half the filters. */
  private static Node half(Node x, int filters, String id) {
    Node pixels = new AveragePooling2D(1).strides(2).name("adjust_avg_pool_" + id).on(x);
    return Blocks.convSame(pixels, filters / 2, 1, false, "adjust_conv_" + id);
  }

  /** Two separable convolutions, each between a relu and a batch normalization. */
  private static Node separable(Node input, int filters, int size, int strides, String id) {
    Node x = relu(input);
    if (strides > 1) {
      x = Blocks.correctPad(x, size, "separable_conv_1_pad_" + id);
    }
    x =
        new SeparableConv2D(filters, size, size)
            .strides(strides)
            .padding(strides > 1 ? Padding.VALID : Padding.SAME)
            .useBias(false)
            .name("separable_conv_1_" + id)
            .on(x);
    x = relu(norm(x, "separable_conv_1_bn_" + id));
    x =
        new SeparableConv2D(filters, size, size)
            .padding(Padding.SAME)
            .useBias(false)
            .name("separable_conv_2_" + id)
            .on(x);
    return norm(x, "separable_conv_2_bn_" + id);
  }

  private static Node project(Node x, int filters, String conv, String norm) {
    return norm(Blocks.convSame(x, filters, 1, false, conv), norm);
  }

  private static Node averagePool(Node x, int strides, String name) {
    Padding padding = strides > 1 ? Padding.VALID : Padding.SAME;
    return new AveragePooling2D(3).strides(strides).padding(padding).name(name).on(x);
  }

  private static Node maxPool(Node x, String name) {
    return new MaxPooling2D(3).strides(2).name(name).on(x);
  }

  private static Node norm(Node x, String name) {
    return new BatchNormalization().momentum(0.9997).name(name).on(x);
  }

  private static Node relu(Node x) {
    return new ActivationLayer(Activation.RELU).on(x);
  }
}
