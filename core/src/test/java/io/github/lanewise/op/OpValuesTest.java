package io.github.lanewise.op;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small results worked out by hand. */
class OpValuesTest {

  private static final float TOLERANCE = 1e-6f;

  @Test
  void samePaddingPutsTheOddRowAndColumnAtTheBottomAndRight() {
    Tensor x = counting(1, 4, 4, 1);
    Tensor ones = Tensor.full(Shape.of(3, 3, 1, 1), 1);
    // Of one row and column of padding none lies at the top: the first window is 1 2 3, 5 6 7, ...
    assertValues(new Conv2d(2, 2, SAME, 1, 1, 1), List.of(x, ones), 54, 45, 72, 54);
  }

  @Test
  void samePaddingOfAnEvenWindowStartsAtTheFirstPixel() {
    Tensor ones = Tensor.full(Shape.of(2, 2, 1, 1), 1);
    assertValues(Conv2d.of(SAME), List.of(counting(1, 2, 2, 1), ones), 10, 6, 7, 4);
  }

  @Test
  void convolutionDoesNotFlipItsKernel() {
    Tensor kernel = Tensor.of(Shape.of(1, 2, 1, 1), 10, 1);
    assertValues(Conv2d.of(VALID), List.of(counting(1, 1, 3, 1), kernel), 12, 23);
  }

  @Test
  void kernelsAreHeightWidthInputOutput() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 2), 1, 10);
    Tensor kernel = counting(1, 1, 2, 3);
    Tensor bias = Tensor.of(Shape.of(3), 100, 200, 300);
    assertValues(Conv2d.of(VALID), List.of(x, kernel, bias), 141, 252, 363);
  }

  @Test
  void aTransposedConvolutionAddsAKernelForEachPixel() {
    Tensor x = counting(1, 1, 2, 1);
    Tensor kernel = Tensor.of(Shape.of(1, 3, 1, 1), 1, 10, 100);
    // 1 10 100 and, two further on, 2 20 200.
    assertValues(new Conv2dTranspose(1, 2, VALID, -1, -1), List.of(x, kernel), 1, 10, 102, 20, 200);
    assertValues(
        new Conv2dTranspose(1, 2, VALID, 0, 1), List.of(x, kernel), 1, 10, 102, 20, 200, 0);
    // The one column too many is at the right; of two, one is on each side.
    assertValues(new Conv2dTranspose(1, 2, SAME, -1, -1), List.of(x, kernel), 1, 10, 102, 20);
    assertValues(new Conv2dTranspose(1, 2, SAME, 0, 0), List.of(x, kernel), 10, 102, 20);
    assertValues(new Conv2dTranspose(1, 2, SAME, 0, 1), List.of(x, kernel), 1, 10, 102, 20);
  }

  @Test
  void kernelsOfTransposedConvolutionsAreHeightWidthOutputInput() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 2), 1, 10);
    Tensor kernel = counting(1, 1, 3, 2);
    Tensor bias = Tensor.of(Shape.of(3), 100, 200, 300);
    assertValues(new Conv2dTranspose(1, 1, VALID, -1, -1), List.of(x, kernel, bias), 121, 243, 365);
    // A stride that is larger than the kernel leaves gaps, which hold the bias alone.
    assertValues(
        new Conv2dTranspose(1, 2, VALID, -1, -1),
        List.of(x, kernel, bias),
        121,
        243,
        365,
        100,
        200,
        300);
  }

  @Test
  void dilationSkipsPixels() {
    Tensor kernel = Tensor.of(Shape.of(1, 2, 1, 1), 10, 1);
    Conv2d op = new Conv2d(1, 1, VALID, 1, 3, 1);
    assertValues(op, List.of(counting(1, 1, 5, 1), kernel), 14, 25);
  }

  @Test
  void aScaledAddScalesItsSecondInput() {
    assertValues(
        new ScaledAdd(0.5),
        List.of(counting(4), Tensor.full(Shape.of(4), 3)),
        2.5f,
        3.5f,
        4.5f,
        5.5f);
  }

  @Test
  void groupsOfAConvolutionSeeTheirOwnChannels() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 4), 1, 10, 100, 1000);
    Tensor kernel = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    assertValues(new Conv2d(1, 1, VALID, 1, 1, 2), List.of(x, kernel), 31, 4200);
  }

  @Test
  void depthwiseOutputsOfOneChannelLieSideBySide() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 2), 1, 10);
    Tensor kernel = counting(1, 1, 2, 2);
    assertValues(new DepthwiseConv2d(1, 1, VALID, 1, 1), List.of(x, kernel), 1, 2, 30, 40);
  }

  @Test
  void paddingDoesNotCountInAnAverage() {
    Op op = new AveragePool2d(3, 3, 1, 1, SAME);
    assertValues(op, List.of(counting(1, 2, 2, 1)), 2.5f, 2.5f, 2.5f, 2.5f);
  }

  @Test
  void paddingIsNoMaximum() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), -4, -3, -2, -1);
    assertValues(new MaxPool2d(2, 2, 1, 1, SAME), List.of(x), -1, -1, -1, -1);
  }

  @Test
  void theGradientOfAMaximumGoesToTheFirstOfEquals() {
    OpCase c =
        OpCase.of("ties", new MaxPool2d(2, 2, 2, 2, VALID), Tensor.full(Shape.of(1, 2, 2, 1), 3));
    Tensor gradient = c.backward(Compute.standard(), Tensor.full(c.outputShape(), 5)).get(0);
    assertArrayEquals(new float[] {5, 0, 0, 0}, gradient.data());
  }

  @Test
  void poolingOverAllPixelsKeepsChannelsApart() {
    Tensor x = counting(1, 2, 2, 2);
    assertValues(new GlobalAveragePool2d(false), List.of(x), 4, 5);
    assertValues(new GlobalMaxPool2d(true), List.of(x), 7, 8);
    assertEquals(Shape.of(1, 1, 1, 2), new GlobalMaxPool2d(true).outputShape(List.of(x.shape())));
  }

  @Test
  void batchNormalizationInInferenceUsesTheMovingAverages() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Op op = new BatchNormalization(0.25f, true, true);
    // Deviations sqrt(3.75 + 0.25) = 2 and sqrt(0 + 0.25) = 0.5.
    assertValues(
        op, List.of(x, pair(10, 1), pair(1, -1), pair(3, 4), pair(3.75f, 0)), -9, -5, 1, -1);
  }

  @Test
  void batchNormalizationInTrainingUsesTheBatchAndItsBiasedVarianceMovesTheAverage() {
    Tensor x = Tensor.of(Shape.of(4, 1), 1, 2, 3, 4);
    Tensor mean = Tensor.of(Shape.of(1), 10);
    Tensor variance = Tensor.of(Shape.of(1), 20);
    Op op = new BatchNormalizationTraining(1, 0.9f, false, false);
    // Mean 2.5, variance (2.25 + 0.25 + 0.25 + 2.25) / 4 = 1.25, deviation sqrt(1.25 + 1) = 1.5.
    assertValues(op, List.of(x, mean, variance), -1, -1 / 3f, 1 / 3f, 1);
    assertEquals(0.9f * 10 + 0.1f * 2.5f, mean.item(), TOLERANCE * 10);
    assertEquals(0.9f * 20 + 0.1f * 1.25f, variance.item(), TOLERANCE * 20);
  }

  @Test
  void layerNormalizationUsesEachSamplesOwnMoments() {
    Tensor x = Tensor.of(Shape.of(2, 4), 1, 2, 3, 4, 5, 5, 5, 9);
    Tensor gamma = Tensor.of(Shape.of(4), 1, 3, 3, 10);
    Tensor beta = Tensor.of(Shape.of(4), 0, 0, 1, 100);
    // Means 2.5 and 6, variances 1.25 and 3, deviations sqrt(1.25 + 1) = 1.5 and sqrt(3 + 1) = 2.
    assertValues(
        new LayerNormalization(1, 1, true, true),
        List.of(x, gamma, beta),
        -1,
        -1,
        2,
        110,
        -0.5f,
        -1.5f,
        -0.5f,
        115);
    assertValues(
        new LayerNormalization(2, 1, false, false),
        List.of(x.reshape(Shape.of(2, 2, 2))),
        -1,
        -1 / 3f,
        1 / 3f,
        1,
        -0.5f,
        -0.5f,
        -0.5f,
        1.5f);
  }

  @Test
  void groupNormalizationUsesChannelsSideBySideOverAllPixels() {
    Tensor x = Tensor.of(Shape.of(1, 2, 4), 1, 2, 5, 5, 3, 4, 5, 9);
    Tensor gamma = Tensor.of(Shape.of(4), 1, 3, 2, 10);
    Tensor beta = Tensor.of(Shape.of(4), 0, 0, 1, 100);
    assertValues(
        new GroupNormalization(2, 1, true, true),
        List.of(x, gamma, beta),
        -1,
        -1,
        0,
        95,
        1 / 3f,
        3,
        0,
        115);
  }

  @Test
  void activationsAreThoseOfTheirFormulas() {
    Tensor x = Tensor.of(Shape.of(1, 3), -1, 0, 2);
    assertValues(new Relu(), List.of(x), 0, 0, 2);
    assertValues(new Sigmoid(), List.of(x), 0.26894142f, 0.5f, 0.88079708f);
    Tensor large = Tensor.of(Shape.of(2, 3), 1, 2, 3, 1001, 1002, 1003);
    assertValues(
        new Softmax(),
        List.of(large),
        0.09003057f,
        0.24472847f,
        0.66524096f,
        0.09003057f,
        0.24472847f,
        0.66524096f);
  }

  @Test
  void aLearnedSlopeIsThatOfItsPlace() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), -1, -2, -3, 4, 0, -6, 7, -8);
    assertValues(new Prelu(), List.of(x, counting(2, 2)), -1, -4, -9, 4, 0, -12, 7, -32);
    Tensor byChannel = Tensor.of(Shape.of(1, 2), 0.5f, -1);
    assertValues(new Prelu(), List.of(x, byChannel), -0.5f, 2, -1.5f, 4, 0, 6, 7, 8);
    Tensor byRow = Tensor.of(Shape.of(2, 1), 0.5f, -1);
    assertValues(new Prelu(), List.of(x, byRow), -0.5f, -1, 3, 4, 0, -3, 7, 8);
  }

  @Test
  void aVectorIsRepeatedAsAWhole() {
    assertValues(new RepeatVector(2), List.of(counting(2, 2)), 1, 2, 1, 2, 3, 4, 3, 4);
  }

  @Test
  void picturesAreEnlargedAroundTheCentresOfTheirPixels() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 0, 4, 8, 12);
    assertValues(new UpSampling2d(1, 3, false), List.of(x), 0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12);
    // At -0.25, 0.25, 0.75 and 1.25 of the columns, the first and the last cut to the picture.
    assertValues(new UpSampling2d(1, 2, true), List.of(x), 0, 1, 3, 4, 8, 9, 11, 12);
    assertValues(new UpSampling2d(2, 1, true), List.of(x), 0, 4, 2, 6, 6, 10, 8, 12);
    assertValues(new Resize2d(2, 4, true), List.of(x), 0, 1, 3, 4, 8, 9, 11, 12);
  }

  @Test
  void picturesAreMadeSmallerWithoutLookingAtMoreThanTheNextPixels() {
    Tensor x = Tensor.of(Shape.of(1, 1, 4, 1), 0, 1, 2, 8);
    // At 1/6, 3/2 and 17/6; their nearest pixels are those into which 2/3, 2 and 10/3 fall.
    assertValues(new Resize2d(1, 3, true), List.of(x), 1 / 6f, 1.5f, 7);
    assertValues(new Resize2d(1, 3, false), List.of(x), 0, 2, 8);
    assertValues(new Resize2d(1, 2, true), List.of(x), 0.5f, 5);
    assertValues(new Resize2d(3, 1, false), List.of(x), 2, 2, 2);
  }

  @Test
  void dimensionsOfOneStretchInASum() {
    Tensor a = Tensor.of(Shape.of(1, 2, 1), 10, 20);
    Tensor b = Tensor.of(Shape.of(1, 1, 3), 1, 2, 3);
    assertValues(new Add(), List.of(a, b), 11, 12, 13, 21, 22, 23);
  }

  @Test
  void concatenationKeepsTheOrderOfItsInputs() {
    Tensor a = counting(1, 2, 1, 1);
    Tensor b = Tensor.of(Shape.of(1, 2, 1, 2), 10, 20, 30, 40);
    assertValues(new Concat(-1), List.of(a, b), 1, 10, 20, 2, 30, 40);
    assertValues(new Concat(1), List.of(a, a), 1, 2, 1, 2);
  }

  @Test
  void zeroPaddingIsTopBottomLeftRight() {
    assertValues(
        new ZeroPadding2d(1, 0, 0, 2), List.of(counting(1, 1, 2, 1)), 0, 0, 0, 0, 1, 2, 0, 0);
  }

  private static void assertValues(Op op, List<Tensor> inputs, float... expected) {
    Tensor output =
        Tensor.full(op.outputShape(inputs.stream().map(Tensor::shape).toList()), Float.NaN);
    op.forward(Compute.standard(), inputs, output);
    assertArrayEquals(expected, output.data(), TOLERANCE);
  }

  /** 1, 2, 3, ... */
  private static Tensor counting(int... dims) {
    Tensor tensor = Tensor.zeros(dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = i + 1;
    }
    return tensor;
  }

  private static Tensor pair(float first, float second) {
    return Tensor.of(Shape.of(2), first, second);
  }
}
