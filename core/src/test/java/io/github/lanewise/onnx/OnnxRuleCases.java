package io.github.lanewise.onnx;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Add;
import io.github.lanewise.op.Average;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.BatchNormalization;
import io.github.lanewise.op.Concat;
import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Conv2dTranspose;
import io.github.lanewise.op.Cropping2d;
import io.github.lanewise.op.Dense;
import io.github.lanewise.op.DepthwiseConv1d;
import io.github.lanewise.op.DepthwiseConv2d;
import io.github.lanewise.op.Divide;
import io.github.lanewise.op.Elu;
import io.github.lanewise.op.Exponential;
import io.github.lanewise.op.Flatten;
import io.github.lanewise.op.FromRow;
import io.github.lanewise.op.Gelu;
import io.github.lanewise.op.GlobalAveragePool2d;
import io.github.lanewise.op.GlobalMaxPool2d;
import io.github.lanewise.op.GroupNormalization;
import io.github.lanewise.op.HardShrink;
import io.github.lanewise.op.HardSigmoid;
import io.github.lanewise.op.HardSwish;
import io.github.lanewise.op.HardTanh;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.LayerNormalization;
import io.github.lanewise.op.LogSigmoid;
import io.github.lanewise.op.LogSoftmax;
import io.github.lanewise.op.MaxPool2d;
import io.github.lanewise.op.Maximum;
import io.github.lanewise.op.Minimum;
import io.github.lanewise.op.Mish;
import io.github.lanewise.op.Multiply;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Permute;
import io.github.lanewise.op.Prelu;
import io.github.lanewise.op.Reciprocal;
import io.github.lanewise.op.Rectifier;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.RepeatVector;
import io.github.lanewise.op.Rescaling;
import io.github.lanewise.op.Reshape;
import io.github.lanewise.op.Resize2d;
import io.github.lanewise.op.ScaledAdd;
import io.github.lanewise.op.Selu;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.SoftShrink;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.op.Softplus;
import io.github.lanewise.op.Softsign;
import io.github.lanewise.op.SparsePlus;
import io.github.lanewise.op.SparseSigmoid;
import io.github.lanewise.op.Squareplus;
import io.github.lanewise.op.Subtract;
import io.github.lanewise.op.Swish;
import io.github.lanewise.op.Tanh;
import io.github.lanewise.op.TanhShrink;
import io.github.lanewise.op.ToRow;
import io.github.lanewise.op.UpSampling2d;
import io.github.lanewise.op.ZeroPadding2d;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every op that inference has, and the nodes to expect of it. */
final class OnnxRuleCases {

  private static final int[] PICTURE = {6, 8, 4};
  private static final int[] SEQUENCE = {8, 4};
  private static final int[] VECTOR = {4};

  private OnnxRuleCases() {}

  /** An op, the shape of a sample of its inputs, its weights, and the nodes to expect. */
  record Case(Op op, int inputs, int[] sample, List<Tensor> weights, String nodes) {

    OnnxReader.Model onnx() {
      Node input = Input.named("x", sample);
      OpLayer layer = new OpLayer("layer", op, weights.toArray(Tensor[]::new));
      Node output = layer.on(Collections.nCopies(inputs, input));
      return OnnxReader.read(
          OnnxFile.message(new Model(input, output), false, Integer.MAX_VALUE).toBytes());
    }

    @Override
    public String toString() {
      return op + " of " + Shape.of(sample);
    }
  }

  private static Case of(Op op, int[] sample, String nodes, Tensor... weights) {
    return new Case(op, 1, sample, List.of(weights), nodes);
  }

  private static Case ofTwo(Op op, String nodes) {
    return new Case(op, 2, PICTURE, List.of(), nodes);
  }

  private static Tensor t(int... dims) {
    return Tensor.zeros(dims);
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    convolutions(cases);
    windows(cases);
    activations(cases);
    arithmetic(cases);
    normalizations(cases);
    shaping(cases);
    return cases;
  }

  private static void convolutions(List<Case> cases) {
    cases.add(
        of(
            new Conv2d(2, 1, SAME, 1, 2, 2),
            PICTURE,
            "Conv{dilations=[1, 2], group=2, kernel_shape=[3, 2], pads=[0, 1, 1, 1],"
                + " strides=[2, 1]}",
            t(3, 2, 2, 6),
            t(6)));
    cases.add(
        of(
            new DepthwiseConv2d(2, 2, VALID, 1, 1),
            PICTURE,
            "Conv{dilations=[1, 1], group=4, kernel_shape=[3, 3], pads=[0, 0, 0, 0],"
                + " strides=[2, 2]}",
            t(3, 3, 4, 2)));
    cases.add(
        of(
            new Conv1d(1, SAME, 2, 1),
            SEQUENCE,
            "Conv{dilations=[2], group=1, kernel_shape=[3], pads=[2, 2], strides=[1]}",
            t(3, 4, 5)));
    cases.add(
        of(
            new DepthwiseConv1d(1, VALID, 1),
            SEQUENCE,
            "Conv{dilations=[1], group=4, kernel_shape=[3], pads=[0, 0], strides=[1]}",
            t(3, 4, 1),
            t(4)));
    cases.add(
        of(
            new Conv2dTranspose(2, 3, SAME, -1, -1),
            PICTURE,
            "ConvTranspose{kernel_shape=[3, 2], output_padding=[0, 1], pads=[0, 0, 1, 0],"
                + " strides=[2, 3]}",
            t(3, 2, 5, 4)));
    cases.add(of(new Dense(), VECTOR, "Gemm", t(4, 7), t(7)));
    cases.add(of(new Dense(), VECTOR, "MatMul", t(4, 7)));
    cases.add(of(new Dense(), PICTURE, "MatMul Add", t(4, 7), t(7)));
  }

  private static void windows(List<Case> cases) {
    cases.add(
        of(
            new MaxPool2d(3, 2, 2, 2, SAME),
            PICTURE,
            "MaxPool{kernel_shape=[3, 2], pads=[0, 0, 1, 0], strides=[2, 2]}"));
    cases.add(
        of(
            new AveragePool2d(3, 3, 1, 1, SAME),
            PICTURE,
            "AveragePool{count_include_pad=0, kernel_shape=[3, 3], pads=[1, 1, 1, 1],"
                + " strides=[1, 1]}"));
    cases.add(of(new GlobalMaxPool2d(true), PICTURE, "GlobalMaxPool"));
    cases.add(of(new GlobalAveragePool2d(false), PICTURE, "GlobalAveragePool Flatten{axis=1}"));
  }

  private static void activations(List<Case> cases) {
    double infinity = Double.POSITIVE_INFINITY;
    cases.add(of(new Relu(), VECTOR, "Relu"));
    cases.add(of(new Sigmoid(), VECTOR, "Sigmoid"));
    cases.add(of(new Tanh(), VECTOR, "Tanh"));
    cases.add(of(new Selu(), VECTOR, "Selu"));
    cases.add(of(new Softplus(), VECTOR, "Softplus"));
    cases.add(of(new Softsign(), VECTOR, "Softsign"));
    cases.add(of(new Exponential(), VECTOR, "Exp"));
    cases.add(of(new Reciprocal(), VECTOR, "Reciprocal"));
    cases.add(of(new Elu(0.5), VECTOR, "Elu{alpha=0.5}"));
    cases.add(of(new Rectifier(0.2, infinity, 0), VECTOR, "LeakyRelu{alpha=0.2}"));
    cases.add(of(new Rectifier(0, 6, 0), VECTOR, "Clip"));
    cases.add(
        of(new Rectifier(0.1, 3, 1), VECTOR, "Sub Mul GreaterOrEqual Where GreaterOrEqual Where"));
    cases.add(of(new HardSigmoid(0.25), VECTOR, "HardSigmoid{alpha=0.25, beta=0.5}"));
    cases.add(of(new SparseSigmoid(), VECTOR, "HardSigmoid{alpha=0.5, beta=0.5}"));
    cases.add(of(new HardTanh(), VECTOR, "Clip"));
    cases.add(of(new HardShrink(), VECTOR, "Shrink{bias=0.0, lambd=0.5}"));
    cases.add(of(new SoftShrink(), VECTOR, "Shrink{bias=0.5, lambd=0.5}"));
    cases.add(of(new TanhShrink(), VECTOR, "Tanh Sub"));
    cases.add(of(new Swish(), VECTOR, "Sigmoid Mul"));
    cases.add(of(new HardSwish(), VECTOR, "HardSigmoid{alpha=0.16666667, beta=0.5} Mul"));
    cases.add(of(new Mish(), VECTOR, "Softplus Tanh Mul"));
    cases.add(of(new LogSigmoid(), VECTOR, "Neg Softplus Neg"));
    cases.add(of(new Gelu(false), VECTOR, "Mul Erf Mul Add Mul"));
    cases.add(of(new Gelu(true), VECTOR, "Mul Mul Mul Add Mul Tanh Mul Add Mul"));
    cases.add(of(new Squareplus(), VECTOR, "Mul Add Sqrt Add Mul"));
    cases.add(of(new SparsePlus(), VECTOR, "Clip Add Mul Mul Sub Relu Add"));
    cases.add(of(new Softmax(-1), PICTURE, "Softmax{axis=3}"));
    cases.add(of(new LogSoftmax(), PICTURE, "LogSoftmax{axis=3}"));
    cases.add(of(new Prelu(), PICTURE, "PRelu", t(1, 8, 4)));
  }

  private static void arithmetic(List<Case> cases) {
    cases.add(ofTwo(new Add(), "Add"));
    cases.add(new Case(new Add(), 3, VECTOR, List.of(), "Add Add"));
    cases.add(ofTwo(new Subtract(), "Sub"));
    cases.add(ofTwo(new Multiply(), "Mul"));
    cases.add(ofTwo(new Divide(), "Div"));
    cases.add(ofTwo(new Average(), "Mean"));
    cases.add(ofTwo(new Maximum(), "Max"));
    cases.add(ofTwo(new Minimum(), "Min"));
    cases.add(ofTwo(new ScaledAdd(0.5), "Mul Add"));
    cases.add(of(new Rescaling(2, 0), VECTOR, "Mul"));
    cases.add(of(new Rescaling(2, 1), VECTOR, "Mul Add"));
    cases.add(of(new Multiply(), PICTURE, "Mul", t(1, 1, 1, 4)));
  }

  private static void normalizations(List<Case> cases) {
    cases.add(
        of(
            new BatchNormalization(0.5f, true, true),
            PICTURE,
            "BatchNormalization{epsilon=0.5}",
            t(4),
            t(4),
            t(4),
            t(4)));
    cases.add(
        of(
            new LayerNormalization(2, 0.5f, true, true),
            PICTURE,
            "ReduceMean{axes=[2, 3], keepdims=1} Sub Mul ReduceMean{axes=[2, 3], keepdims=1} Add"
                + " Sqrt Div Mul Add",
            t(8, 4),
            t(8, 4)));
    cases.add(
        of(
            new GroupNormalization(2, 0.5f, false, true),
            PICTURE,
            "Reshape InstanceNormalization{epsilon=0.5} Reshape Add",
            t(4)));
  }

  private static void shaping(List<Case> cases) {
    cases.add(of(new Identity(), VECTOR, ""));
    cases.add(of(new Flatten(), PICTURE, "Reshape"));
    cases.add(of(new Reshape(Shape.of(16, 12)), PICTURE, "Reshape"));
    cases.add(of(new ToRow(), SEQUENCE, "Unsqueeze"));
    cases.add(of(new FromRow(), new int[] {1, 8, 4}, "Squeeze"));
    cases.add(of(new Permute(List.of(2, 3, 1)), PICTURE, "Transpose{perm=[0, 2, 3, 1]}"));
    cases.add(of(new RepeatVector(3), VECTOR, "Unsqueeze Tile"));
    cases.add(ofTwo(new Concat(-1), "Concat{axis=3}"));
    cases.add(of(new ZeroPadding2d(1, 2, 3, 4), PICTURE, "Pad"));
    cases.add(of(new Cropping2d(1, 2, 3, 4), PICTURE, "Slice"));
    cases.add(
        of(
            new UpSampling2d(2, 3, false),
            PICTURE,
            "Resize{coordinate_transformation_mode=asymmetric, mode=nearest, nearest_mode=floor}"));
    cases.add(
        of(
            new UpSampling2d(2, 3, true),
            PICTURE,
            "Resize{coordinate_transformation_mode=half_pixel, mode=linear}"));
    cases.add(of(new Resize2d(5, 9, false), PICTURE, "Gather{axis=2} Gather{axis=3}"));
    cases.add(
        of(
            new Resize2d(5, 9, true),
            PICTURE,
            "Resize{coordinate_transformation_mode=half_pixel, mode=linear}"));
  }
}
