package io.github.lanewise.op;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;

import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The cases that every op is held to: gradients, adjoints, accumulation, threads, offsets. */
final class OpCases {

  private OpCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    ConvolutionCases.addTo(cases);
    windows(cases);
    elementwise(cases);
    shaping(cases);
    NormalizationCases.addTo(cases);
    LossCases.addTo(cases);
    return cases;
  }

  static List<OpCase> linear() {
    return all().stream().filter(c -> !c.linear().isEmpty()).toList();
  }

  static List<OpCase> acceptingStrides() {
    return all().stream().filter(c -> c.op().acceptsStrides()).toList();
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
}
