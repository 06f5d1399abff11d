package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Op} promises beyond the numbers. */
class OpContractTest {

  private final Compute compute = Compute.threads(1);

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void backwardAddsToWhatAGradientHolds(OpCase c) {
    Tensor dy = new SeededTensors(9).like(c.outputShape());
    List<@Nullable Tensor> gradients = c.backward(compute, dy);
    List<@Nullable Tensor> twice = c.backward(compute, dy);
    List<Tensor> inputs = c.copies();
    c.op().backward(compute, inputs, c.forward(compute, inputs), dy, twice);
    for (int i : c.differentiable()) {
      float[] expected = given(gradients, i).toArray();
      float largest = 0;
      for (int k = 0; k < expected.length; k++) {
        expected[k] *= 2;
        largest = Math.max(largest, Math.abs(expected[k]));
      }
      assertArrayEquals(expected, given(twice, i).data(), 1e-6f * largest, "input " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void eachGradientIsTheSameWhereTheOthersAreNotAskedFor(OpCase c) {
    Tensor dy = new SeededTensors(10).like(c.outputShape());
    List<@Nullable Tensor> all = c.backward(compute, dy);
    for (int i : c.differentiable()) {
      List<@Nullable Tensor> one = new ArrayList<>(Collections.nCopies(c.inputs().size(), null));
      one.set(i, Tensor.zeros(c.inputs().get(i).shape()));
      List<Tensor> inputs = c.copies();
      c.op().backward(compute, inputs, c.forward(compute, inputs), dy, one);
      assertArrayEquals(given(all, i).data(), given(one, i).data(), "input " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void inputsWithoutAGradientGetNoneAndBackwardChangesNothingElse(OpCase c) {
    Tensor dy = new SeededTensors(11).like(c.outputShape());
    List<Tensor> inputs = c.copies();
    Tensor output = c.forward(compute, inputs);
    List<float[]> before = inputs.stream().map(Tensor::toArray).toList();
    float[] outputBefore = output.toArray();
    float[] dyBefore = dy.toArray();
    List<@Nullable Tensor> gradients = new ArrayList<>();
    inputs.forEach(x -> gradients.add(Tensor.zeros(x.shape())));
    c.op().backward(compute, inputs, output, dy, gradients);
    for (int i = 0; i < inputs.size(); i++) {
      assertArrayEquals(before.get(i), inputs.get(i).data(), "input " + i);
      if (!c.differentiable().contains(i)) {
        assertArrayEquals(new float[inputs.get(i).size()], given(gradients, i).data(), "of " + i);
      }
    }
    assertArrayEquals(outputBefore, output.data());
    assertArrayEquals(dyBefore, dy.data());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void backwardReadsNoValuesButThoseItSays(OpCase c) {
    Tensor dy = new SeededTensors(14).like(c.outputShape());
    List<@Nullable Tensor> expected = c.backward(compute, dy);
    List<Tensor> inputs = c.copies();
    Tensor output = c.forward(compute, inputs);
    for (int i = 0; i < inputs.size(); i++) {
      if (!c.op().backwardReads(i)) {
        Arrays.fill(inputs.get(i).data(), Float.NaN);
      }
    }
    if (!c.op().backwardReadsOutput()) {
      Arrays.fill(output.data(), Float.NaN);
    }
    List<@Nullable Tensor> gradients = c.zeroGradients();
    c.op().backward(compute, inputs, output, dy, gradients);
    for (int i : c.differentiable()) {
      assertArrayEquals(given(expected, i).data(), given(gradients, i).data(), "input " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void computingAgainGivesTheSameBitsAndChangesNoInput(OpCase c) {
    List<Tensor> inputs = c.copies();
    float[] first = c.forward(compute, inputs).toArray();
    List<float[]> before = inputs.stream().map(Tensor::toArray).toList();
    Tensor again = Tensor.full(c.outputShape(), Float.NaN);
    c.op().forwardAgain(Compute.threads(2), inputs, again);
    assertArrayEquals(first, again.data());
    for (int i = 0; i < inputs.size(); i++) {
      assertArrayEquals(before.get(i), inputs.get(i).data(), "input " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void anyNumberOfThreadsGivesTheSameBits(OpCase c) {
    Tensor dy = new SeededTensors(12).like(c.outputShape());
    Compute three = Compute.threads(3);
    assertArrayEquals(
        c.forward(compute, c.copies()).data(), c.forward(three, c.copies()).data(), "forward");
    List<@Nullable Tensor> expected = c.backward(compute, dy);
    List<@Nullable Tensor> found = c.backward(three, dy);
    for (int i : c.differentiable()) {
      assertArrayEquals(given(expected, i).data(), given(found, i).data(), "gradient " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void tensorsMayLieAnywhereInTheirArrays(OpCase c) {
    Tensor dy = new SeededTensors(13).like(c.outputShape());
    List<Tensor> inputs = c.inputs().stream().map(x -> surrounded(x, 3)).toList();
    Tensor output = surrounded(Tensor.full(c.outputShape(), Float.NaN), 5);
    c.op().forward(compute, inputs, output);
    assertArrayEquals(c.forward(compute, c.copies()).data(), output.toArray(), "forward");
    assertSurrounded(output);

    List<@Nullable Tensor> gradients = c.zeroGradients();
    c.differentiable().forEach(i -> gradients.set(i, surrounded(given(gradients, i), 7)));
    c.op().backward(compute, inputs, output, surrounded(dy, 2), gradients);
    List<@Nullable Tensor> expected = c.backward(compute, dy);
    for (int i : c.differentiable()) {
      assertArrayEquals(given(expected, i).data(), given(gradients, i).toArray(), "gradient " + i);
      assertSurrounded(given(gradients, i));
    }
    inputs.forEach(OpContractTest::assertSurrounded);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#acceptingStrides")
  void slicesOfChannelsWillDoWhereAnOpSaysSo(OpCase c) {
    List<Tensor> inputs = c.copies();
    inputs.set(0, slice(inputs.get(0), 2, 3));
    Tensor output = slice(Tensor.full(c.outputShape(), Float.NaN), 1, 4);
    c.op().forward(compute, inputs, output);
    assertArrayEquals(c.forward(compute, c.copies()).data(), output.toArray());
    int width = output.shape().dim(-1);
    for (int i = 0; i < output.data().length; i++) {
      int channel = i % output.rowStride() - 1;
      if (channel < 0 || channel >= width) {
        assertEquals(Float.NaN, output.data()[i], "between pixels, at " + i);
      }
    }
  }

  /** A copy as the middle channels of a tensor of NaNs. */
  private static Tensor slice(Tensor tensor, int before, int after) {
    int width = tensor.shape().dim(-1);
    Tensor wide = Tensor.full(tensor.shape().withLast(before + width + after), Float.NaN);
    Tensor slice = wide.channels(before, before + width);
    for (int row = 0; row * width < tensor.size(); row++) {
      System.arraycopy(
          tensor.data(), row * width, wide.data(), before + row * wide.rowStride(), width);
    }
    return slice;
  }

  /** A copy between NaNs, which show where an op reads or writes outside. */
  private static Tensor surrounded(Tensor tensor, int offset) {
    float[] data = new float[offset + tensor.size() + 9];
    Arrays.fill(data, Float.NaN);
    System.arraycopy(tensor.toArray(), 0, data, offset, tensor.size());
    return Tensor.view(tensor.shape(), data, offset);
  }

  private static void assertSurrounded(Tensor tensor) {
    for (int i = 0; i < tensor.data().length; i++) {
      if (i < tensor.offset() || i >= tensor.offset() + tensor.size()) {
        assertEquals(Float.NaN, tensor.data()[i], "outside, at " + i);
      }
    }
  }

  private static Tensor given(List<@Nullable Tensor> tensors, int i) {
    Tensor tensor = tensors.get(i);
    assertNotNull(tensor);
    return tensor;
  }
}
