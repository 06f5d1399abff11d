package io.github.lanewise.train;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** Small models and data that they can learn. */
final class Tasks {

  static final int SIDE = 12;

  private Tasks() {}

  /** Points of the plane, target 1 above the line {@code y = x}, with a margin. */
  static ArrayDataset halfPlanes(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(n, 2);
    Tensor y = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble(-1, 1);
      double side = random.nextBoolean() ? 1 : -1;
      x.data()[2 * i] = (float) u;
      x.data()[2 * i + 1] = (float) (u + side * random.nextDouble(0.1, 1));
      y.data()[i] = side > 0 ? 1 : 0;
    }
    return new ArrayDataset(x, y);
  }

  /** A logistic regression of two numbers. */
  static Model logistic() {
    Node input = Input.of(2);
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).name("d").on(input));
  }

  /** Pictures with a filled square or a cross in them, on noise; the class's number as target. */
  static ArrayDataset shapes(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(n, SIDE, SIDE, 1);
    Tensor y = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      int kind = random.nextInt(2);
      int top = random.nextInt(SIDE - 5);
      int left = random.nextInt(SIDE - 5);
      y.data()[i] = kind;
      for (int r = 0; r < SIDE; r++) {
        for (int c = 0; c < SIDE; c++) {
          boolean inside = r >= top && r < top + 5 && c >= left && c < left + 5;
          boolean cross = r == top + 2 || c == left + 2;
          double value = inside && (kind == 0 || cross) ? 0.8 : 0.1;
          x.data()[(i * SIDE + r) * SIDE + c] = (float) (value + random.nextDouble(-0.1, 0.1));
        }
      }
    }
    return new ArrayDataset(x, y);
  }

  /**
   * Convolution {@code conv_a} with batch normalization {@code bn_a}, convolution {@code conv_b},
   * pooling, {@code head}: a softmax over two classes.
   */
  static Model convNet() {
    Node input = Input.of(SIDE, SIDE, 1);
    Node x = new Conv2D(8, 3).kernelInitializer(new GlorotUniform(1)).name("conv_a").on(input);
    x = new BatchNormalization().momentum(0.9).name("bn_a").on(x);
    x = new ReLU().on(x);
    x = new MaxPooling2D(2).on(x);
    x =
        new Conv2D(8, 3)
            .activation(Activation.RELU)
            .kernelInitializer(new GlorotUniform(2))
            .name("conv_b")
            .on(x);
    x = new Flatten().on(x);
    x =
        new Dense(2)
            .activation(Activation.SOFTMAX)
            .kernelInitializer(new GlorotUniform(3))
            .name("head")
            .on(x);
    return new Model(input, x);
  }

  static void freeze(Model model, String... layers) {
    for (String layer : layers) {
      model.layer(layer).layer().setTrainable(false);
    }
  }

  /** All weights of a model, layer by layer. */
  static List<float[]> weights(Model model) {
    return model.parameters().stream().map(Tasks::copy).toList();
  }

  /** All weights of a layer. */
  static List<float[]> weights(Model model, String layer) {
    return model.layer(layer).layer().parameters().stream().map(Tasks::copy).toList();
  }

  private static float[] copy(Parameter parameter) {
    return parameter.value().toArray();
  }
}
