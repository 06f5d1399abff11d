package io.github.lanewise.bench.peer;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.Average;
import io.github.lanewise.nn.AveragePooling1D;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv1D;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Conv2DTranspose;
import io.github.lanewise.nn.Cropping1D;
import io.github.lanewise.nn.Cropping2D;
import io.github.lanewise.nn.CustomScaleLayer;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.ELU;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GaussianDropout;
import io.github.lanewise.nn.GaussianNoise;
import io.github.lanewise.nn.GlobalAveragePooling1D;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.GlobalMaxPooling1D;
import io.github.lanewise.nn.GlobalMaxPooling2D;
import io.github.lanewise.nn.GroupNormalization;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerNormalization;
import io.github.lanewise.nn.LeakyReLU;
import io.github.lanewise.nn.MaxPooling1D;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Maximum;
import io.github.lanewise.nn.Minimum;
import io.github.lanewise.nn.Multiply;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Normalization;
import io.github.lanewise.nn.PReLU;
import io.github.lanewise.nn.Permute;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.nn.RepeatVector;
import io.github.lanewise.nn.Rescaling;
import io.github.lanewise.nn.Reshape;
import io.github.lanewise.nn.Resizing;
import io.github.lanewise.nn.SeparableConv1D;
import io.github.lanewise.nn.SeparableConv2D;
import io.github.lanewise.nn.Softmax;
import io.github.lanewise.nn.SpatialDropout2D;
import io.github.lanewise.nn.Subtract;
import io.github.lanewise.nn.TFOpLambda;
import io.github.lanewise.nn.UpSampling1D;
import io.github.lanewise.nn.UpSampling2D;
import io.github.lanewise.nn.ZeroPadding1D;
import io.github.lanewise.nn.ZeroPadding2D;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Small models, one for each way in which a layer becomes nodes of ONNX. */
final class OnnxZoo {

  private final List<Model> models = new ArrayList<>();

  private OnnxZoo() {}

  static List<Model> models() {
    OnnxZoo zoo = new OnnxZoo();
    zoo.convolutions();
    zoo.sequences();
    zoo.pooling();
    zoo.activations();
    zoo.normalizations();
    zoo.merging();
    zoo.shaping();
    zoo.combined();
    return zoo.models;
  }

  private void add(UnaryOperator<Node> layers, int... sample) {
    Node x = Input.of(sample);
    Node y = layers.apply(x);
    String name = y.layer().kerasClassName() + " " + models.size();
    models.add(new Model(name, List.of(x), List.of(y)));
  }

  private void picture(Layer layer) {
    add(layer::on, 9, 8, 6);
  }

  private void sequence(Layer layer) {
    add(layer::on, 11, 6);
  }

  private void convolutions() {
    picture(new Conv2D(5, 3, 2));
    picture(new Conv2D(4, 3).strides(2).padding(SAME).activation(Activation.RELU));
    picture(new Conv2D(4, 2, 3).dilationRate(2, 1).padding(SAME).useBias(false));
    picture(new Conv2D(6, 3).groups(3).strides(2, 1));
    picture(new DepthwiseConv2D(3).padding(SAME).depthMultiplier(2));
    picture(new DepthwiseConv2D(2, 3).strides(2));
    picture(new SeparableConv2D(7, 3, 3).padding(SAME).strides(2));
    for (int stride = 1; stride <= 3; stride++) {
      picture(new Conv2DTranspose(4, 3).strides(stride));
      picture(new Conv2DTranspose(4, 2).strides(stride).padding(SAME));
    }
    picture(new Conv2DTranspose(3, 3).strides(2).padding(SAME).outputPadding(1, 0));
    picture(new Conv2DTranspose(3, 4, 1).strides(2, 3));
    picture(new Dense(5));
    add(x -> new Dense(5).useBias(false).on(x), 7);
    add(x -> new Dense(5).activation(Activation.SOFTMAX).on(x), 7);
  }

  private void sequences() {
    sequence(new Conv1D(5, 3).padding(SAME).strides(2));
    sequence(new Conv1D(4, 3).causal().dilationRate(2));
    sequence(new Conv1D(4, 2).groups(2));
    sequence(new SeparableConv1D(5, 3).padding(SAME).depthMultiplier(2));
    sequence(new MaxPooling1D(3).strides(2).padding(SAME));
    sequence(new AveragePooling1D(2).padding(SAME));
    sequence(new GlobalAveragePooling1D());
    sequence(new GlobalAveragePooling1D().keepdims(true));
    sequence(new GlobalMaxPooling1D());
    sequence(new ZeroPadding1D(2, 1));
    sequence(new Cropping1D(2, 1));
    sequence(new UpSampling1D(3));
    sequence(new Dense(3));
    sequence(new BatchNormalization());
    add(x -> new RepeatVector(4).on(x), 5);
    add(
        x -> {
          Node y = new BatchNormalization().on(new Conv1D(4, 3).on(x));
          return new Dense(2).on(new MaxPooling1D(2).on(new ReLU().on(y)));
        },
        12,
        3);
  }

  private void pooling() {
    picture(new MaxPooling2D(3).strides(2).padding(SAME));
    picture(new MaxPooling2D(2, 3));
    picture(new AveragePooling2D(3).strides(1).padding(SAME));
    picture(new AveragePooling2D(2).strides(3).padding(SAME));
    picture(new AveragePooling2D(2, 3).padding(VALID));
    add(x -> new MaxPooling2D(3).strides(2).on(new ZeroPadding2D(1).on(x)), 7, 7, 3);
    add(x -> new AveragePooling2D(3).strides(2).on(new ZeroPadding2D(1).on(x)), 7, 7, 3);
    add(x -> new MaxPooling1D(3).on(new ZeroPadding1D(1, 1).on(x)), 7, 3);
    add(x -> new Conv2D(3, 3).strides(2).on(new ZeroPadding2D(0, 1, 0, 1).on(x)), 8, 8, 3);
    picture(new GlobalAveragePooling2D());
    picture(new GlobalAveragePooling2D().keepdims(true));
    picture(new GlobalMaxPooling2D());
    picture(new GlobalMaxPooling2D().keepdims(true));
  }

  private void activations() {
    for (Activation activation : Activation.values()) {
      picture(new ActivationLayer(activation));
      add(x -> new Conv2D(4, 1).activation(activation).on(x), 5, 4, 3);
    }
    picture(new ReLU().maxValue(1.5).negativeSlope(0.1).threshold(0.5));
    picture(new ReLU().threshold(0.5));
    picture(new LeakyReLU(0.3));
    picture(new ELU(0.7));
    picture(new PReLU());
    picture(new PReLU().sharedAxes(1, 2));
    add(x -> new PReLU().sharedAxes(2).on(new Conv2D(4, 1).on(x)), 5, 4, 3);
    picture(new Softmax());
    picture(new Softmax().axis(1));
    add(x -> new Softmax().axis(2).on(new Conv2D(4, 1).on(x)), 5, 4, 3);
  }

  private void normalizations() {
    picture(new BatchNormalization());
    picture(new BatchNormalization().scale(false).epsilon(0.1));
    picture(new BatchNormalization().center(false));
    add(x -> new BatchNormalization().on(new Dense(5).on(x)), 4);
    for (boolean bias : List.of(true, false)) {
      add(x -> new BatchNormalization().on(new Conv2D(4, 3).useBias(bias).on(x)), 6, 6, 3);
      add(x -> new BatchNormalization().on(new DepthwiseConv2D(3).useBias(bias).on(x)), 6, 6, 3);
    }
    picture(new LayerNormalization());
    picture(new LayerNormalization().axis(2, 3).scale(false));
    picture(new LayerNormalization().center(false));
    picture(new GroupNormalization(3));
    picture(new GroupNormalization(1).scale(false));
    sequence(new GroupNormalization(2).center(false));
    picture(new Normalization(new double[] {0.3}, new double[] {2}));
    picture(new Normalization());
    picture(new Rescaling(0.5, -1));
    picture(new Rescaling(new double[] {1, 2, 3, 4, 5, 6}, new double[] {0.5}));
  }

  private void merging() {
    for (Layer layer :
        List.of(
            new Add(),
            new Average(),
            new Maximum(),
            new Minimum(),
            new Multiply(),
            new Concatenate(),
            new Concatenate().axis(1))) {
      add(x -> layer.on(x, new Conv2D(3, 1).on(x), x), 4, 5, 3);
    }
    add(x -> new Subtract().on(x, new Conv2D(3, 1).on(x)), 4, 5, 3);
    add(x -> new CustomScaleLayer(0.2).on(new Conv2D(3, 1).on(x), x), 4, 5, 3);
    add(x -> new Multiply().on(x, new GlobalMaxPooling2D().keepdims(true).on(x)), 4, 5, 3);
    add(x -> new Concatenate().on(x, new Dense(2).on(x)), 4);
    for (String function : List.of("math.add", "math.subtract", "math.multiply", "math.divide")) {
      picture(new TFOpLambda(function).y(2));
      add(x -> new TFOpLambda(function).x(Tensor.full(Shape.of(6), 3)).on(x), 4, 5, 6);
    }
    picture(new TFOpLambda("math.maximum").y(0.25));
    picture(new TFOpLambda("math.negative"));
    add(x -> new TFOpLambda("math.minimum").y(0.1).on(new Conv2D(3, 1).on(x)), 4, 5, 3);
  }

  private void shaping() {
    picture(new Flatten());
    picture(new Reshape(12, 36));
    picture(new Permute(3, 1, 2));
    add(x -> new Permute(2, 1).on(new Conv1D(3, 2).on(x)), 6, 2);
    picture(new ZeroPadding2D(1, 2, 3, 0));
    picture(new Cropping2D(1, 2, 3, 0));
    picture(new UpSampling2D(2, 3));
    picture(new UpSampling2D(3, 2).bilinear(true));
    for (int size : new int[] {1, 5, 7, 11, 16, 27}) {
      picture(new Resizing(size, size + 1));
      picture(new Resizing(size, size + 1).bilinear(false));
    }
    picture(new Dropout(0.5));
    picture(new SpatialDropout2D(0.5));
    picture(new GaussianDropout(0.5));
    picture(new GaussianNoise(1));
  }

  /** Channels that come and go, shared layers, several inputs and outputs. */
  private void combined() {
    add(
        x -> {
          Node y = new MaxPooling2D(2).on(new Conv2D(6, 3).activation(Activation.RELU).on(x));
          Node z = new Reshape(3, 4, 6).on(new Flatten().on(y));
          z = new Conv2D(6, 2).padding(SAME).on(new LayerNormalization().on(z));
          return new Dense(2).on(new Flatten().on(new Add().on(z, y)));
        },
        8,
        10,
        3);
    Node a = Input.named("a", 5, 6, 3);
    Node b = Input.named("b", 5, 6, 3);
    Conv2D shared = new Conv2D(4, 2);
    BatchNormalization norm = new BatchNormalization();
    Node left = norm.on(shared.on(a));
    Node right = norm.on(shared.on(b));
    Node sum = new Add().on(left, right);
    Node pooled = new GlobalAveragePooling2D().on(sum);
    models.add(new Model("several", List.of(a, b), List.of(left, right, pooled, sum)));
  }
}
