package io.github.lanewise.applications;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * InceptionV3 (Szegedy et al. 2015, "Rethinking the Inception Architecture for Computer Vision"),
 * layer by layer as {@code keras/src/applications/inception_v3.py} builds it. Layers are numbered
 * from 1 in the order of their creation, as in the official weight files: {@code conv2d_1}, {@code
 * batch_normalization_1}, {@code activation_1}. Inputs are RGB in [-1, 1].
 *
 * <p>Weights are initialised at random; load a file with {@link Model#loadWeights}.
 */
public final class InceptionV3 extends InceptionLayers {

  private static final String NAME = "inception_v3";
  private static final int SMALLEST = 75;

  /**
   * The layers that end the network's parts, from the input up: what lies between two of them is
   * joined to the rest by nothing else. For {@code FitOptions.recomputeBetween}.
   */
  public static final List<String> BLOCK_ENDS =
      Stream.concat(
              Stream.of("max_pooling2d_1", "max_pooling2d_2"),
              IntStream.rangeClosed(0, 10).mapToObj(i -> "mixed" + i))
          .toList();

  private InceptionV3() {}

  /**
   * The convolutional part, [n, height, width, 3] to {@code mixed10}, [n, h, w, 2048].
   *
   * @throws IllegalArgumentException if height or width is less than 75
   */
  public static Model notop(int height, int width) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.notop(NAME, input, new InceptionV3().trunk(input));
  }

  /**
   * The classifier: {@link #notop}, global average pooling and a softmax over the classes (Keras's
   * {@code include_top=True}, 1000 classes and 299 x 299 for ImageNet).
   *
   * @throws IllegalArgumentException if height or width is less than 75, or classes less than 1
   */
  public static Model withTop(int height, int width, int classes) {
    Node input = Blocks.input(NAME, height, width, SMALLEST);
    return Blocks.withTop(NAME, input, new InceptionV3().trunk(input), classes);
  }

  private Node trunk(Node input) {
    Node x = conv(input, 32, 3, 3, 2, Padding.VALID);
    x = conv(x, 32, 3, 3, 1, Padding.VALID);
    x = conv(x, 64, 3, 3);
    x = maxPool(x);
    x = conv(x, 80, 1, 1, 1, Padding.VALID);
    x = conv(x, 192, 3, 3, 1, Padding.VALID);
    x = maxPool(x);
    x = block35(x, 32, "mixed0");
    x = block35(x, 64, "mixed1");
    x = block35(x, 64, "mixed2");
    x = reduction35(x);
    x = block17(x, 128, "mixed4");
    x = block17(x, 160, "mixed5");
    x = block17(x, 160, "mixed6");
    x = block17(x, 192, "mixed7");
    x = reduction17(x);
    x = block8(x, 0);
    return block8(x, 1);
  }

  private Node block35(Node x, int poolFilters, String name) {
    Node branch1x1 = conv(x, 64, 1, 1);
    Node branch5x5 = conv(conv(x, 48, 1, 1), 64, 5, 5);
    Node branch3x3dbl = conv(conv(conv(x, 64, 1, 1), 96, 3, 3), 96, 3, 3);
    Node branchPool = conv(averagePool(x), poolFilters, 1, 1);
    return concatenate(name, branch1x1, branch5x5, branch3x3dbl, branchPool);
  }

  private Node reduction35(Node x) {
    Node branch3x3 = conv(x, 384, 3, 3, 2, Padding.VALID);
    Node branch3x3dbl = conv(conv(x, 64, 1, 1), 96, 3, 3);
    branch3x3dbl = conv(branch3x3dbl, 96, 3, 3, 2, Padding.VALID);
    return concatenate("mixed3", branch3x3, branch3x3dbl, maxPool(x));
  }

  private Node block17(Node x, int filters, String name) {
    Node branch1x1 = conv(x, 192, 1, 1);
    Node branch7x7 = conv(conv(conv(x, filters, 1, 1), filters, 1, 7), 192, 7, 1);
    Node branch7x7dbl = conv(conv(x, filters, 1, 1), filters, 7, 1);
    branch7x7dbl = conv(conv(branch7x7dbl, filters, 1, 7), filters, 7, 1);
    branch7x7dbl = conv(branch7x7dbl, 192, 1, 7);
    Node branchPool = conv(averagePool(x), 192, 1, 1);
    return concatenate(name, branch1x1, branch7x7, branch7x7dbl, branchPool);
  }

  private Node reduction17(Node x) {
    Node branch3x3 = conv(conv(x, 192, 1, 1), 320, 3, 3, 2, Padding.VALID);
    Node branch7x7x3 = conv(conv(conv(x, 192, 1, 1), 192, 1, 7), 192, 7, 1);
    branch7x7x3 = conv(branch7x7x3, 192, 3, 3, 2, Padding.VALID);
    return concatenate("mixed8", branch3x3, branch7x7x3, maxPool(x));
  }

  private Node block8(Node x, int number) {
    Node branch1x1 = conv(x, 320, 1, 1);
    Node branch3x3 = conv(x, 384, 1, 1);
    branch3x3 =
        concatenate("mixed9_" + number, conv(branch3x3, 384, 1, 3), conv(branch3x3, 384, 3, 1));
    Node branch3x3dbl = conv(conv(x, 448, 1, 1), 384, 3, 3);
    branch3x3dbl = concatenate(conv(branch3x3dbl, 384, 1, 3), conv(branch3x3dbl, 384, 3, 1));
    Node branchPool = conv(averagePool(x), 192, 1, 1);
    return concatenate("mixed" + (9 + number), branch1x1, branch3x3, branch3x3dbl, branchPool);
  }
}
