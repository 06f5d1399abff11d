package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Layers of sequences [n, l, c]: small results worked out by hand. */
class SequenceLayersTest {

  private static final Tensor ONE_TO_FOUR = Tensor.of(Shape.of(1, 4, 1), 1, 2, 3, 4);

  private static final Tensor PAIRS = Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4);

  /** A layer's output on x, its weights being those given. */
  private static Tensor apply(Layer layer, Tensor x, float[]... weights) {
    Node input = Input.of(x.shape().withoutBatch().dims());
    Model model = new Model(input, layer.on(input));
    assertEquals(weights.length, layer.parameters().size());
    for (int i = 0; i < weights.length; i++) {
      layer.parameters().get(i).assign(weights[i]);
    }
    return model.forward(x);
  }

  private static float[] of(float... values) {
    return values;
  }

  private static void assertValues(Tensor found, float... expected) {
    assertArrayEquals(expected, found.toArray(), 1e-4f);
  }

  /** A convolution of one to four with a kernel of 10 and 1. */
  private static Tensor tens(Conv1D layer) {
    return apply(layer.useBias(false), ONE_TO_FOUR, of(10, 1));
  }

  @Test
  void aValidWindowLiesWithinTheSequence() {
    assertValues(tens(new Conv1D(1, 2)), 12, 23, 34);
    assertValues(tens(new Conv1D(1, 2).dilationRate(3)), 14);
    assertValues(tens(new Conv1D(1, 2).strides(2)), 12, 34);
  }

  @Test
  void samePaddingPutsTheOddZeroAtTheEnd() {
    assertValues(tens(new Conv1D(1, 2).padding(Padding.SAME)), 12, 23, 34, 40);
    Layer wide = new Conv1D(1, 3).padding(Padding.SAME).strides(2).useBias(false);
    assertValues(apply(wide, ONE_TO_FOUR, of(100, 10, 1)), 123, 340);
  }

  @Test
  void causalPaddingSeesNothingThatComesLater() {
    assertValues(tens(new Conv1D(1, 2).causal()), 1, 12, 23, 34);
    assertValues(tens(new Conv1D(1, 2).causal().dilationRate(2)), 1, 2, 13, 24);
    assertValues(tens(new Conv1D(1, 2).causal().strides(2)), 1, 23);
    assertValues(tens(new Conv1D(1, 2).causal().padding(Padding.VALID)), 12, 23, 34);
  }

  @Test
  void kernelsArePlaceInputOutput() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2), 1, 10);
    Tensor y = apply(new Conv1D(3, 1), x, of(1, 2, 3, 4, 5, 6), of(100, 200, 300));
    assertValues(y, 141, 252, 363);
    assertEquals(Shape.of(1, 1, 3), y.shape());
    Tensor four = Tensor.of(Shape.of(1, 1, 4), 1, 10, 100, 1000);
    Layer grouped = new Conv1D(2, 1).groups(2).useBias(false).activation(Activation.RELU);
    assertValues(apply(grouped, four, of(1, -2, 3, 4)), 31, 3800);
  }

  @Test
  void aSeparableConvolutionIsByChannelAndThenByElement() {
    Tensor y = apply(new SeparableConv1D(1, 2), PAIRS, of(1, 2, 3, 4), of(1, 100), of(0.5f));
    // Channels 1 1 + 3 3 and 2 2 + 4 4.
    assertValues(y, 10 + 2000 + 0.5f);
    Layer pictures = new SeparableConv1D(1, 2).name("s");
    ShapeException e = assertThrows(ShapeException.class, () -> pictures.on(Input.of(3, 3, 2)));
    assertEquals(
        "Layer 's': SeparableConv1D: expected an input [n, l, c], found (None, 3, 3, 2)",
        e.getMessage());
  }

  @Test
  void windowsArePooled() {
    assertValues(apply(new MaxPooling1D(2), ONE_TO_FOUR), 2, 4);
    assertValues(apply(new AveragePooling1D(2), ONE_TO_FOUR), 1.5f, 3.5f);
    Padding same = Padding.SAME;
    assertValues(apply(new MaxPooling1D(3).strides(2).padding(same), ONE_TO_FOUR), 3, 4);
    assertValues(apply(new AveragePooling1D(3).strides(2).padding(same), ONE_TO_FOUR), 2, 3.5f);
  }

  @Test
  void poolingOverAllElementsKeepsChannelsApart() {
    Tensor average = apply(new GlobalAveragePooling1D(), PAIRS);
    assertValues(average, 2, 3);
    assertEquals(Shape.of(1, 2), average.shape());
    Tensor max = apply(new GlobalMaxPooling1D().keepdims(true), PAIRS);
    assertValues(max, 3, 4);
    assertEquals(Shape.of(1, 1, 2), max.shape());
  }

  @Test
  void theEndsArePaddedAndCutAndElementsRepeated() {
    assertValues(apply(new ZeroPadding1D(1, 2), PAIRS), 0, 0, 1, 2, 3, 4, 0, 0, 0, 0);
    assertValues(apply(new Cropping1D(2, 1), ONE_TO_FOUR), 3);
    Tensor repeated = apply(new UpSampling1D(2), PAIRS);
    assertValues(repeated, 1, 2, 1, 2, 3, 4, 3, 4);
    assertEquals(Shape.of(1, 4, 2), repeated.shape());
  }

  @Test
  void aConvolutionThatIsCalledAgainTakesAnotherLength() {
    Conv1D layer = new Conv1D(4, 3).name("shared");
    assertEquals(Shape.of(Shape.UNKNOWN, 7, 4), layer.on(Input.of(9, 2)).shape());
    assertEquals(Shape.of(Shape.UNKNOWN, 3, 4), layer.on(Input.of(5, 2)).shape());
    assertEquals("[kernel(3, 2, 4), bias(4,)]", layer.parameters().toString());
    Conv1D pictures = new Conv1D(4, 3).name("c");
    ShapeException e = assertThrows(ShapeException.class, () -> pictures.on(Input.of(5, 5, 2)));
    assertEquals(
        "Layer 'c': Conv1D: expected an input [n, l, c] and 4 filters in 1 groups, found"
            + " (None, 5, 5, 2)",
        e.getMessage());
  }
}
