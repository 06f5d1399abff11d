package io.github.lanewise.op;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The cases that every op is held to: gradients, adjoints, accumulation, threads, offsets. */
final class OpCases {

  private OpCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    convolutions(cases);
    windows(cases);
    elementwise(cases);
    shaping(cases);
    normalizations(cases);
    losses(cases);
    return cases;
  }

  static List<OpCase> linear() {
    return all().stream().filter(c -> !c.linear().isEmpty()).toList();
  }

  static List<OpCase> acceptingStrides() {
    return all().stream().filter(c -> c.op().acceptsStrides()).toList();
  }

  private static void convolutions(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(1);
    cases.add(
        OpCase.of("conv2d 3x3 same", Conv2d.of(SAME), s.any(2, 5, 4, 3), s.any(3, 3, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of("conv2d 1x1", Conv2d.of(VALID), s.any(2, 3, 3, 7), s.any(1, 1, 7, 9))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x3 valid with bias",
                Conv2d.of(VALID),
                s.any(2, 5, 5, 2),
                s.any(3, 3, 2, 4),
                s.any(4))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("conv2d 1x7 same", Conv2d.of(SAME), s.any(1, 3, 5, 3), s.any(1, 7, 3, 4))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 5x2 stride 2x3 same",
                new Conv2d(2, 3, SAME, 1, 1, 1),
                s.any(1, 6, 7, 2),
                s.any(5, 2, 2, 3))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x3 stride 2 valid",
                new Conv2d(2, 2, VALID, 1, 1, 1),
                s.any(2, 7, 6, 3),
                s.any(3, 3, 3, 4))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x2 dilation 2x3 same",
                new Conv2d(1, 1, SAME, 2, 3, 1),
                s.any(1, 6, 7, 2),
                s.any(3, 2, 2, 3))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d in 3 groups",
                new Conv2d(1, 2, SAME, 1, 1, 3),
                s.any(2, 4, 5, 6),
                s.any(3, 3, 2, 9))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d of many channels", Conv2d.of(SAME), s.any(1, 4, 3, 17), s.any(3, 3, 17, 33))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise 3x3 same, multiplier 2, with bias",
                new DepthwiseConv2d(1, 1, SAME, 1, 1),
                s.any(2, 4, 5, 3),
                s.any(3, 3, 3, 2),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "depthwise 3x3 stride 2 valid",
                new DepthwiseConv2d(2, 2, VALID, 1, 1),
                s.any(1, 7, 7, 5),
                s.any(3, 3, 5, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise 2x2 dilation 2 same",
                new DepthwiseConv2d(1, 1, SAME, 2, 2),
                s.any(1, 5, 4, 4),
                s.any(2, 2, 4, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv1d stride 2 same in 2 groups, with bias",
                new Conv1d(2, SAME, 1, 2),
                s.any(2, 7, 4),
                s.any(3, 2, 6),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "conv1d dilation 2 valid",
                new Conv1d(1, VALID, 2, 1),
                s.any(2, 7, 3),
                s.any(3, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise conv1d stride 2 same, multiplier 2, with bias",
                new DepthwiseConv1d(2, SAME, 1),
                s.any(2, 7, 3),
                s.any(3, 3, 2),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "depthwise conv1d dilation 2 valid",
                new DepthwiseConv1d(1, VALID, 2),
                s.any(1, 6, 4),
                s.any(2, 4, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "transposed conv2d 3x3 stride 2 same, with bias",
                new Conv2dTranspose(2, 2, SAME, -1, -1),
                s.any(2, 3, 4, 3),
                s.any(3, 3, 2, 3),
                s.any(2))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "transposed conv2d 3x2 stride 2x3 valid, output padding 1x2",
                new Conv2dTranspose(2, 3, VALID, 1, 2),
                s.any(1, 3, 2, 5),
                s.any(3, 2, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "transposed conv2d 1x1 stride 2 valid",
                new Conv2dTranspose(2, 2, VALID, -1, -1),
                s.any(2, 3, 2, 3),
                s.any(1, 1, 4, 3))
            .linearIn(0, 1));
    cases.add(OpCase.of("dense", new Dense(), s.any(4, 7), s.any(7, 5)).linearIn(0, 1));
    cases.add(
        OpCase.of("dense on pixels, with bias", new Dense(), s.any(2, 3, 4), s.any(4, 9), s.any(9))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("dense of one unit", new Dense(), s.any(5, 33), s.any(33, 1), s.any(1))
            .linearIn(0, 1, 2));
  }

  private static void windows(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(2);
    cases.add(OpCase.of("max pool 2x2", new MaxPool2d(2, 2, 2, 2, VALID), s.apart(2, 4, 5, 3)));
    cases.add(
        OpCase.of("max pool 3x3 stride 2", new MaxPool2d(3, 3, 2, 2, VALID), s.apart(1, 7, 7, 3)));
    cases.add(OpCase.of("max pool 3x2 same", new MaxPool2d(3, 2, 1, 2, SAME), s.apart(1, 5, 5, 4)));
    cases.add(OpCase.of("global max pool", new GlobalMaxPool2d(false), s.apart(2, 3, 4, 5)));
    cases.add(OpCase.of("global max pool, kept", new GlobalMaxPool2d(true), s.apart(2, 2, 2, 3)));
    cases.add(
        OpCase.of("average pool 2x2", new AveragePool2d(2, 2, 2, 2, VALID), s.any(2, 4, 5, 3))
            .linearIn(0));
    cases.add(
        OpCase.of("average pool 3x3 same", new AveragePool2d(3, 3, 1, 1, SAME), s.any(1, 5, 4, 17))
            .linearIn(0));
    cases.add(
        OpCase.of("average pool 3x2, same", new AveragePool2d(3, 2, 2, 3, SAME), s.any(2, 6, 7, 2))
            .linearIn(0));
    cases.add(
        OpCase.of("global average pool", new GlobalAveragePool2d(false), s.any(2, 3, 4, 5))
            .linearIn(0));
    cases.add(
        OpCase.of("global average pool, kept", new GlobalAveragePool2d(true), s.any(2, 2, 3, 4))
            .linearIn(0));
  }

  private static void elementwise(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(3);
    cases.add(OpCase.of("relu", new Relu(), s.apart(3, 19)));
    cases.add(OpCase.of("sigmoid", new Sigmoid(), s.between(-4, 4, 3, 19)));
    cases.add(OpCase.of("softmax", new Softmax(), s.between(-2, 2, 4, 7)));
    cases.add(OpCase.of("softmax over channels", new Softmax(), s.between(-2, 2, 2, 2, 3, 3)));
    for (Op op :
        List.of(
            new Tanh(),
            new Swish(),
            new Softplus(),
            new Exponential(),
            new Gelu(false),
            new Gelu(true),
            new Mish(),
            new LogSigmoid(),
            new TanhShrink(),
            new Squareplus(),
            new LogSoftmax())) {
      cases.add(OpCase.of(op.toString(), op, s.between(-3, 3, 3, 19)));
    }
    for (Op op : List.of(new Elu(0.7), new Selu(), new Softsign(), new Rectifier(0.2, 9, 0))) {
      cases.add(OpCase.of(op.toString(), op, s.apart(3, 19)));
    }
    cases.add(OpCase.of("hard sigmoid", new HardSigmoid(1.0 / 6), s.between(-2.9f, 2.9f, 3, 19)));
    for (Op op : List.of(new HardTanh(), new HardShrink(), new SoftShrink(), new SparseSigmoid())) {
      cases.add(OpCase.of(op.toString(), op, s.apart(3, 19)));
    }
    cases.add(OpCase.of("sparse plus", new SparsePlus(), s.apart(3, 19)));
    cases.add(OpCase.of("hard swish", new HardSwish(), s.between(-2.9, 2.9, 3, 19)));
    cases.add(OpCase.of("softmax over columns", new Softmax(-2), s.between(-2, 2, 2, 3, 5, 2)));
    cases.add(OpCase.of("softmax over rows", new Softmax(1), s.between(-2, 2, 2, 4, 3)));
    cases.add(OpCase.of("log softmax of pixels", new LogSoftmax(), s.between(-2, 2, 2, 2, 3, 4)));
    cases.add(OpCase.of("rescaling", new Rescaling(1.5, -0.25), s.any(3, 7)));
    cases.add(OpCase.of("subtract", new Subtract(), s.any(3, 7), s.any(3, 7)).linearIn(0, 1));
    cases.add(
        OpCase.of("average of three", new Average(), s.any(2, 5), s.any(1, 5), s.any(2, 1))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "multiply pixels by channels", new Multiply(), s.any(2, 3, 2, 5), s.any(2, 1, 1, 5))
            .linearIn(0, 1));
    cases.add(OpCase.of("multiply three", new Multiply(), s.any(2, 5), s.any(2, 5), s.any(2, 5)));
    cases.add(
        OpCase.of("maximum", new Maximum(), s.between(-1, 0, 3, 7), s.between(0.1f, 1, 3, 7)));
    cases.add(
        OpCase.of(
            "minimum, stretched", new Minimum(), s.between(-1, 0, 3, 7), s.between(0.1f, 1, 3, 1)));
    cases.add(OpCase.of("add", new Add(), s.any(3, 7), s.any(3, 7)).linearIn(0, 1));
    cases.add(
        OpCase.of("add of three", new Add(), s.any(2, 9), s.any(2, 9), s.any(2, 9))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("add, stretched", new Add(), s.any(2, 3, 4), s.any(2, 1, 4), s.any(2, 3, 1))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("divide", new Divide(), s.any(2, 3, 4), s.between(0.5, 2, 2, 3, 1)).linearIn(0));
    cases.add(OpCase.of("reciprocal", new Reciprocal(), s.between(0.5, 2, 3, 7)));
    cases.add(
        OpCase.of("scaled add", new ScaledAdd(-0.17), s.any(3, 7), s.any(3, 7)).linearIn(0, 1));
    cases.add(OpCase.of("dropout", new Dropout(0.4, 42), s.any(5, 31)).linearIn(0));
    List<Integer> noise = List.of(Shape.UNKNOWN, 1, 3, 1);
    cases.add(
        OpCase.of("dropout together", new Dropout(0.4, 42, noise), s.any(5, 2, 3, 4)).linearIn(0));
    cases.add(OpCase.of("dropout of nothing", new Dropout(0, 42), s.any(5, 3)).linearIn(0));
    cases.add(
        OpCase.of("dropout of channels", new SpatialDropout(0.4, 42), s.any(3, 2, 3, 7))
            .linearIn(0));
    cases.add(
        OpCase.of("gaussian dropout", new GaussianDropout(0.4, 42), s.any(5, 31)).linearIn(0));
    cases.add(OpCase.of("gaussian noise", new GaussianNoise(0.5, 42), s.any(5, 31)).linearIn(0));
    cases.add(OpCase.of("prelu", new Prelu(), s.apart(3, 2, 5), s.any(2, 5)).linearIn(1));
    cases.add(
        OpCase.of("prelu, shared by pixels", new Prelu(), s.apart(2, 3, 2, 4), s.any(1, 1, 4))
            .linearIn(1));
    cases.add(
        OpCase.of("prelu, shared by channels", new Prelu(), s.apart(2, 3, 4), s.any(3, 1))
            .linearIn(1));
    cases.add(OpCase.of("identity", new Identity(), s.any(2, 3, 4)).linearIn(0));
  }

  private static void shaping(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(4);
    cases.add(
        OpCase.of("up-sampling, repeated", new UpSampling2d(2, 3, false), s.any(2, 3, 2, 3))
            .linearIn(0));
    cases.add(
        OpCase.of("up-sampling, bilinear", new UpSampling2d(3, 2, true), s.any(2, 3, 4, 2))
            .linearIn(0));
    cases.add(OpCase.of("repeated vector", new RepeatVector(3), s.any(2, 5)).linearIn(0));
    cases.add(
        OpCase.of("resizing, nearest", new Resize2d(5, 2, false), s.any(2, 3, 4, 3)).linearIn(0));
    cases.add(
        OpCase.of("resizing, bilinear", new Resize2d(2, 7, true), s.any(2, 5, 3, 2)).linearIn(0));
    cases.add(OpCase.of("cropping", new Cropping2d(1, 0, 2, 1), s.any(2, 3, 5, 3)).linearIn(0));
    cases.add(OpCase.of("permute", new Permute(List.of(3, 1, 2)), s.any(2, 3, 4, 5)).linearIn(0));
    cases.add(
        OpCase.of(
                "concat of channels",
                new Concat(-1),
                s.any(2, 3, 2, 4),
                s.any(2, 3, 2, 1),
                s.any(2, 3, 2, 17))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("concat of rows", new Concat(1), s.any(2, 3, 2, 2), s.any(2, 1, 2, 2))
            .linearIn(0, 1));
    cases.add(OpCase.of("concat of one", new Concat(1), s.any(2, 3)).linearIn(0));
    cases.add(OpCase.of("to a row", new ToRow(), s.any(2, 3, 4)).linearIn(0));
    cases.add(OpCase.of("from a row", new FromRow(), s.any(2, 1, 3, 4)).linearIn(0));
    cases.add(OpCase.of("flatten", new Flatten(), s.any(2, 3, 2, 4)).linearIn(0));
    cases.add(OpCase.of("reshape", new Reshape(Shape.of(4, 3)), s.any(2, 3, 4)).linearIn(0));
    cases.add(
        OpCase.of("zero padding", new ZeroPadding2d(1, 2, 3, 0), s.any(2, 3, 2, 3)).linearIn(0));
  }

  private static void normalizations(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(5);
    Tensor x = s.any(3, 4, 2, 5);
    Tensor gamma = s.between(0.5, 2, 5);
    Tensor beta = s.any(5);
    Tensor mean = s.any(5);
    Tensor variance = s.between(0.5, 2, 5);
    cases.add(
        OpCase.of(
                "batch normalization",
                new BatchNormalization(1e-3f, true, true),
                x,
                gamma,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1, 2)
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "batch normalization, not scaled",
                new BatchNormalization(1e-3f, false, true),
                x,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "batch normalization, not centred",
                new BatchNormalization(1e-3f, true, false),
                x,
                gamma,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "batch normalization in training",
                new BatchNormalizationTraining(1e-3f, 0.99f, true, true),
                x,
                gamma,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1, 2)
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "batch normalization in training, not scaled",
                new BatchNormalizationTraining(1e-2f, 0.9f, false, true),
                x,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(1));
    cases.add(
        OpCase.of(
                "batch normalization in training, neither",
                new BatchNormalizationTraining(1e-3f, 0.99f, false, false),
                x,
                mean,
                variance)
            .differentiableIn(0));
    cases.add(
        OpCase.of(
                "layer normalization over pixels and channels",
                new LayerNormalization(2, 1e-3f, true, true),
                s.any(3, 4, 2, 5),
                s.between(0.5, 2, 2, 5),
                s.any(2, 5))
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "layer normalization, not centred",
                new LayerNormalization(1, 1e-2f, true, false),
                s.any(3, 7),
                s.between(0.5, 2, 7))
            .linearIn(1));
    cases.add(
        OpCase.of(
                "group normalization",
                new GroupNormalization(2, 1e-3f, true, true),
                s.any(2, 3, 2, 6),
                s.between(0.5, 2, 6),
                s.any(6))
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "group normalization of each channel, not scaled",
                new GroupNormalization(3, 1e-2f, false, true),
                s.any(2, 5, 3),
                s.any(3))
            .linearIn(1));
  }

  private static void losses(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(6);
    cases.add(loss("mean squared error", new MeanSquaredError(), s.any(4, 3), s.any(4, 3)));
    cases.add(
        loss(
            "binary crossentropy",
            new BinaryCrossentropy(false),
            s.between(0.2, 0.8, 6, 2),
            s.between(0, 1, 6, 2)));
    cases.add(
        loss(
            "binary crossentropy from logits",
            new BinaryCrossentropy(true),
            s.between(-3, 3, 6, 2),
            s.classes(2, 6, 2)));
    cases.add(
        loss(
            "categorical crossentropy",
            new CategoricalCrossentropy(false),
            s.between(0.5, 2, 4, 3),
            s.probabilities(4, 3)));
    cases.add(
        loss(
            "categorical crossentropy from logits",
            new CategoricalCrossentropy(true),
            s.between(-2, 2, 4, 5),
            s.probabilities(4, 5)));
    cases.add(
        loss(
            "sparse categorical crossentropy",
            new SparseCategoricalCrossentropy(false),
            s.between(0.2, 0.8, 5, 4),
            s.classes(4, 5)));
    cases.add(
        loss(
            "sparse categorical crossentropy from logits",
            new SparseCategoricalCrossentropy(true),
            s.between(-2, 2, 5, 4),
            s.classes(4, 5, 1)));
    Tensor weights = s.between(0.5, 3, 4);
    cases.add(
        loss(
            "weighted mean squared error",
            new MeanSquaredError(),
            s.any(4, 2, 3),
            s.any(4, 2, 3),
            weights));
    for (boolean fromLogits : new boolean[] {false, true}) {
      String suffix = fromLogits ? " from logits" : "";
      cases.add(
          loss(
              "weighted binary crossentropy" + suffix,
              new BinaryCrossentropy(fromLogits),
              s.between(0.2, 0.8, 4, 3),
              s.between(0, 1, 4, 3),
              weights));
      cases.add(
          loss(
              "weighted categorical crossentropy" + suffix,
              new CategoricalCrossentropy(fromLogits),
              s.between(0.5, 2, 4, 2, 3),
              s.probabilities(8, 3).reshape(Shape.of(4, 2, 3)),
              weights));
      cases.add(
          loss(
              "weighted sparse categorical crossentropy" + suffix,
              new SparseCategoricalCrossentropy(fromLogits),
              s.between(0.2, 0.8, 4, 5),
              s.classes(5, 4),
              weights));
    }
  }

  private static OpCase loss(String name, Op op, Tensor... inputs) {
    return OpCase.of(name, op, inputs).differentiableIn(0);
  }
}
