package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv1D;
import io.github.lanewise.nn.GlobalAveragePooling1D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling1D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.SeparableConv1D;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequencePlanTest {

  private final SplittableRandom random = new SplittableRandom(9);

  @Test
  void aConvolutionOfSequencesTakesNormalizationAndReluInsideIt() {
    Node input = Input.of(12, 3);
    Node x = new Conv1D(8, 3).padding(Padding.SAME).useBias(false).name("conv").on(input);
    x = new ActivationLayer(Activation.RELU).on(new BatchNormalization().on(x));
    x = new MaxPooling1D(2).name("pool").on(x);
    x = new Conv1D(5, 2).causal().activation(Activation.RELU).name("causal").on(x);
    Model model = new Model(input, x);
    InferencePlan plan = assertSameAsLayers(model, 12, 3);
    List<String> steps =
        plan.steps().stream()
            .map(s -> s.layer() + " " + s.step().getClass().getSimpleName())
            .toList();
    assertEquals(
        List.of("conv Conv2dStep", "pool MaxPool2dStep", "causal OpStep", "causal Conv2dStep"),
        steps);
    assertEquals(12 * 3 * 3 * 8 + 6 * 2 * 8 * 5, plan.multiplyAdds());
  }

  @Test
  void viewsOfInputsOutputsAndPartsOfConcatenationsHoldTheRightFloats() {
    Node input = Input.of(7, 4);
    Node a = new Conv1D(6, 3).padding(Padding.SAME).name("a").on(input);
    Node b = new SeparableConv1D(5, 3).padding(Padding.SAME).name("b").on(input);
    Node joined = new Concatenate().on(a, b, input);
    Node pooled = new GlobalAveragePooling1D().keepdims(true).on(joined);
    assertSameAsLayers(new Model("m", List.of(input), List.of(pooled, a, joined)), 7, 4);
  }

  private InferencePlan assertSameAsLayers(Model model, int... sample) {
    for (Node node : model.nodes()) {
      for (Parameter parameter : node.layer().parameters()) {
        boolean positive = parameter.name().equals("moving_variance");
        parameter.assign(draw(positive ? 0.5 : -1, parameter.shape()).data());
      }
    }
    InferencePlan plan = InferencePlan.compile(model);
    Tensor x = draw(-1, Shape.of(sample).prepend(3));
    List<Tensor> found = plan.session(Compute.threads(2), 3).run(x);
    for (int i = 0; i < found.size(); i++) {
      Node output = model.outputs().get(i);
      Tensor expected = new Model(model.inputs().get(0), output).forward(x);
      assertEquals(expected.shape(), found.get(i).shape());
      assertArrayEquals(expected.toArray(), found.get(i).toArray(), 1e-5f);
    }
    return plan;
  }

  private Tensor draw(double low, Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) random.nextDouble(low, 1);
    }
    return tensor;
  }
}
