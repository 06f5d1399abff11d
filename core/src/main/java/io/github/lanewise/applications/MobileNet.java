package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.nn.Reshape;
import io.github.lanewise.nn.ZeroPadding2D;
import io.github.lanewise.op.Padding;

/**
 * MobileNet (Howard et al. 2017, "MobileNets: Efficient Convolutional Neural Networks for Mobile
 * Vision Applications"), of full width, with the layer names of {@code
 * keras/src/applications/mobilenet.py}. Keras's default input is 224 x 224; pixels are preprocessed
 * in mode {@code tf}.
 */
public final class MobileNet {

  private static final String NAME = "mobilenet_1.00_224";
  private static final int SMALLEST = 32;

  /** Filters of the blocks; a block with more filters than the one before has strides of 2. */
  private static final int[] FILTERS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };

  private MobileNet() {}

  /**
   * The convolutional part, [n, height, width, 3] to {@code conv_pw_13_relu}, [n, h, w, 1024].
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
    Node x = new GlobalAveragePooling2D().keepdims(true).on(trunk(input));
    x = new Dropout(1e-3).name("dropout").on(x);
    x = new Conv2D(classes, 1).padding(Padding.SAME).name("conv_preds").on(x);
    x = new Reshape(classes).name("reshape_2").on(x);
    x = new ActivationLayer(Activation.SOFTMAX).name("predictions").on(x);
    return Blocks.notop(NAME, input, x);
  }

  private static Node trunk(Node input) {
    Node x =
        new Conv2D(32, 3).strides(2).padding(Padding.SAME).useBias(false).name("conv1").on(input);
    x = normRelu(x, "conv1");
    int before = FILTERS[0];
    for (int i = 0; i < FILTERS.length; i++) {
      x = block(x, FILTERS[i], FILTERS[i] > before ? 2 : 1, i + 1);
      before = FILTERS[i];
    }
    return x;
  }

  private static Node block(Node input, int filters, int strides, int number) {
    Node x = input;
    if (strides == 2) {
      x = new ZeroPadding2D(0, 1, 0, 1).name("conv_pad_" + number).on(x);
    }
    x =
        new DepthwiseConv2D(3)
            .strides(strides)
            .padding(strides == 2 ? Padding.VALID : Padding.SAME)
            .useBias(false)
            .name("conv_dw_" + number)
            .on(x);
    x = normRelu(x, "conv_dw_" + number);
    x = Blocks.convSame(x, filters, 1, false, "conv_pw_" + number);
    return normRelu(x, "conv_pw_" + number);
  }

  private static Node normRelu(Node x, String prefix) {
    Node y = new BatchNormalization().name(prefix + "_bn").on(x);
    return new ReLU().maxValue(6).name(prefix + "_relu").on(y);
  }
}
