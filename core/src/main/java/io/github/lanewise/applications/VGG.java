package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;
import java.util.Locale;

/**
 * VGG (Simonyan and Zisserman 2014, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition"), with the layer names of {@code keras/src/applications/vgg16.py}. Keras's default
 * input is 224 x 224; pixels are preprocessed in mode {@code caffe}.
 */
public enum VGG {
  /** 16 layers. */
  VGG16(3),
  /** 19 layers. */
  VGG19(4);

  /** Convolutions in each of the blocks 3 to 5. */
  private final int depth;

  VGG(int depth) {
    this.depth = depth;
  }

  /**
   * The convolutional part, [n, height, width, 3] to {@code block5_pool}, [n, h, w, 512].
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
    Node x = new Flatten().name("flatten").on(trunk(input));
    x = new Dense(4096).activation(Activation.RELU).name("fc1").on(x);
    x = new Dense(4096).activation(Activation.RELU).name("fc2").on(x);
    return Blocks.notop(kerasName(), input, Blocks.predictions(x, classes));
  }

  /** The model's name in Keras. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Node trunk(Node input) {
    Node x = block(input, 64, 2, "block1");
    x = block(x, 128, 2, "block2");
    x = block(x, 256, depth, "block3");
    x = block(x, 512, depth, "block4");
    return block(x, 512, depth, "block5");
  }

  private static Node block(Node input, int filters, int convolutions, String name) {
    Node x = input;
    for (int i = 1; i <= convolutions; i++) {
      Conv2D conv = new Conv2D(filters, 3).padding(Padding.SAME).activation(Activation.RELU);
      x = conv.name(name + "_conv" + i).on(x);
    }
    return new MaxPooling2D(2).strides(2).name(name + "_pool").on(x);
  }
}
