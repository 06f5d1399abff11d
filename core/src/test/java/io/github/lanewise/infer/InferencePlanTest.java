package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InferencePlanTest {

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void aPlanComputesWhatTheLayersCompute() {
    Model model = inceptionLike();
    Tensor x = draw(Shape.of(3, 9, 9, 3));
    Tensor expected = model.forward(x);
    Tensor found = InferencePlan.compile(model).session(Compute.threads(2), 3).run(x).get(0);
    assertClose(expected, found);
  }

  @Test
  void convolutionsTakeNormalizationReluAndConcatenationInsideThem() {
    InferencePlan plan = InferencePlan.compile(inceptionLike());
    long convolutions = plan.steps().stream().filter(s -> s.step() instanceof Conv2dStep).count();
    assertEquals(5, convolutions);
    assertEquals(
        List.of("max_pool", "average_pool", "dense", "dense"),
        plan.steps().stream()
            .filter(s -> !(s.step() instanceof Conv2dStep))
            .map(InferencePlan.PlacedStep::layer)
            .toList());
  }

  @Test
  void anAveragePoolingGoesBehindTheConvolutionThatProjectsIt() {
    Node input = Input.of(6, 5, 8);
    Node pool = new AveragePooling2D(3).strides(1).padding(Padding.SAME).name("pool").on(input);
    Node output = new Conv2D(3, 1, 1).activation(Activation.RELU).name("project").on(pool);
    Model model = new Model(input, output);
    randomize(model);
    InferencePlan plan = InferencePlan.compile(model);
    assertEquals(
        List.of("project", "pool"),
        plan.steps().stream().map(InferencePlan.PlacedStep::layer).toList());
    Tensor x = draw(Shape.of(2, 6, 5, 8));
    assertClose(model.forward(x), plan.session(Compute.threads(1), 2).run(x).get(0));
  }

  @Test
  void anAveragePoolingThatIsUsedTwiceOrStridesOrIsWidenedStaysInFront() {
    Node input = Input.of(6, 5, 8);
    Node pool = new AveragePooling2D(3).strides(1).padding(Padding.SAME).name("p").on(input);
    Node strided = new AveragePooling2D(2).name("s").on(input);
    Model model =
        new Model(
            "m",
            List.of(input),
            List.of(
                new Conv2D(3, 1, 1).name("a").on(pool),
                new Conv2D(3, 1, 1).name("b").on(pool),
                new Conv2D(3, 1, 1).name("c").on(strided),
                new Conv2D(9, 1, 1)
                    .name("d")
                    .on(new AveragePooling2D(3).strides(1).name("w").on(input))));
    List<String> steps =
        InferencePlan.compile(model).steps().stream().map(InferencePlan.PlacedStep::layer).toList();
    assertTrue(steps.indexOf("p") < Math.min(steps.indexOf("a"), steps.indexOf("b")), "" + steps);
    assertTrue(steps.indexOf("s") < steps.indexOf("c"), "" + steps);
    assertTrue(steps.indexOf("w") < steps.indexOf("d"), "" + steps);
  }

  @Test
  void aPlanExplainsItsSteps() {
    Node input = Input.of(16, 16, 32);
    Node convolved = new Conv2D(32, 3, 3).padding(Padding.SAME).name("conv").on(input);
    Model model = new Model(input, new MaxPooling2D(2).name("pool").on(convolved));
    String[] lines = InferencePlan.compile(model, Conv2dAlgorithm.DIRECT).explain(100).split("\n");
    assertEquals(3, lines.length);
    assertTrue(
        lines[1].matches("conv +Conv2d 3x3 +\\(None, 16, 16, 32\\) +direct, .* batch +2.4 +[19]0"),
        lines[1]);
    assertTrue(lines[2].matches("pool +MaxPool2d +\\(None, 8, 8, 32\\) +batch"), lines[2]);
  }

  @Test
  void partsThatOthersUseTooAreCopiedIntoTheConcatenation() {
    Node input = Input.of(5, 5, 4);
    Node a = new Conv2D(6, 1, 1).on(input);
    Node b = new Conv2D(6, 3, 3).padding(Padding.SAME).on(a);
    Node joined = new Concatenate().on(a, b, input, a);
    Model model = new Model("m", List.of(input), List.of(joined, a));
    randomize(model);
    Tensor x = draw(Shape.of(2, 5, 5, 4));
    List<Tensor> found = InferencePlan.compile(model).session(Compute.threads(1), 2).run(x);
    assertClose(new Model(input, joined).forward(x), found.get(0));
    assertClose(new Model(input, a).forward(x), found.get(1));
  }

  @Test
  void concatenationsOfConcatenationsAreWrittenInPlace() {
    Node input = Input.of(4, 4, 3);
    Node left = new Concatenate().on(conv(input, 5), conv(input, 7));
    Node all = new Concatenate().on(conv(input, 2), left, conv(input, 3));
    Model model = new Model(input, all);
    randomize(model);
    Tensor x = draw(Shape.of(2, 4, 4, 3));
    InferencePlan plan = InferencePlan.compile(model);
    assertTrue(plan.steps().stream().allMatch(s -> s.step() instanceof Conv2dStep));
    assertClose(model.forward(x), plan.session(Compute.threads(1), 2).run(x).get(0));
  }

  @Test
  void aNormalizationOrReluOfAValueThatIsAlsoAnOutputStaysOutsideTheConvolution() {
    Node input = Input.of(4, 4, 3);
    Node convolved = new Conv2D(5, 3, 3).useBias(false).on(input);
    Node normalized = new BatchNormalization().on(convolved);
    Node activated = new ActivationLayer(Activation.RELU).on(normalized);
    Model model = new Model("m", List.of(input), List.of(convolved, normalized, activated));
    randomize(model);
    Tensor x = draw(Shape.of(1, 4, 4, 3));
    List<Tensor> found = InferencePlan.compile(model).session(Compute.threads(1), 1).run(x);
    assertClose(new Model(input, convolved).forward(x), found.get(0));
    assertClose(new Model(input, normalized).forward(x), found.get(1));
    assertClose(new Model(input, activated).forward(x), found.get(2));
  }

  @Test
  void twoNormalizationsBehindOneConvolutionAreBothFoldedIntoIt() {
    Node input = Input.of(4, 4, 3);
    Node convolved = new Conv2D(5, 3, 3).on(input);
    Node once = new BatchNormalization().on(convolved);
    Model model = new Model(input, new BatchNormalization().scale(false).on(once));
    randomize(model);
    Tensor x = draw(Shape.of(2, 4, 4, 3));
    InferencePlan plan = InferencePlan.compile(model);
    assertEquals(1, plan.steps().size());
    assertClose(model.forward(x), plan.session(Compute.threads(1), 2).run(x).get(0));
  }

  @Test
  void compilingChangesNoWeightOfTheModel() {
    Model model = inceptionLike();
    Tensor x = draw(Shape.of(1, 9, 9, 3));
    Tensor before = model.forward(x).copy();
    InferencePlan.compile(model);
    assertArrayEquals(before.toArray(), model.forward(x).toArray());
  }

  @Test
  void theBatchMayChangeFromRunToRun() {
    Model model = inceptionLike();
    InferenceSession session = InferencePlan.compile(model).session(Compute.threads(1), 4);
    for (int batch : new int[] {4, 1, 3, 4}) {
      Tensor x = draw(Shape.of(batch, 9, 9, 3));
      assertClose(model.forward(x), session.run(x).get(0));
    }
  }

  @Test
  void largeValuesGoThroughAFewSamplesAtATime() {
    Node input = Input.of(64, 64, 3);
    Node large = conv(input, 32);
    Node small = new MaxPooling2D(16, 16).on(conv(large, 32));
    Node output = new Dense(5).on(new Flatten().on(small));
    Model model = new Model("m", List.of(input), List.of(output, small));
    randomize(model);
    InferencePlan plan = InferencePlan.compile(model);
    assertEquals(
        List.of(4, SplitBatch.WHOLE), plan.stretches().stream().map(s -> s.samples()).toList());
    InferenceSession session = plan.session(Compute.threads(1), 5);
    for (int batch : new int[] {5, 1, 4}) {
      Tensor x = draw(Shape.of(batch, 64, 64, 3));
      List<Tensor> found = session.run(x);
      assertClose(new Model(input, output).forward(x), found.get(0), 1e-2);
      assertClose(new Model(input, small).forward(x), found.get(1), 1e-3);
    }
  }

  @Test
  void aPlanMayBeHeldToDirectConvolutions() {
    Node input = Input.of(16, 16, 32);
    Model model = new Model(input, conv(input, 32));
    randomize(model);
    Tensor x = draw(Shape.of(2, 16, 16, 32));
    for (Conv2dAlgorithm algorithm : Conv2dAlgorithm.values()) {
      InferencePlan plan = InferencePlan.compile(model, algorithm);
      Conv2dStep step = (Conv2dStep) plan.steps().get(0).step();
      boolean winograd = step.filter().algorithm().startsWith("Winograd");
      assertEquals(
          algorithm == Conv2dAlgorithm.WINOGRAD && KernelSelector.kernels().vectorBits() > 0,
          winograd);
      assertClose(model.forward(x), plan.session(Compute.threads(2), 2).run(x).get(0), 3e-4);
    }
  }

  @Test
  void predictTakesMoreSamplesThanASessionDoesAtOnce() {
    Model model = inceptionLike();
    Tensor x = draw(Shape.of(7, 9, 9, 3));
    Tensor found = InferencePlan.compile(model).session(Compute.threads(1), 3).predict(x);
    assertClose(model.forward(x), found);
  }

  @Test
  void theSameBitsComeFromAnyNumberOfThreads() {
    InferencePlan plan = InferencePlan.compile(inceptionLike());
    Tensor x = draw(Shape.of(3, 9, 9, 3));
    float[] one = plan.session(Compute.threads(1), 3).run(x).get(0).toArray();
    float[] three = plan.session(Compute.threads(3), 3).run(x).get(0).toArray();
    assertArrayEquals(one, three);
  }

  @Test
  void anInputOfAnotherShapeIsRefused() {
    InferenceSession session =
        InferencePlan.compile(inceptionLike()).session(Compute.threads(1), 2);
    ShapeException e =
        assertThrows(ShapeException.class, () -> session.run(draw(Shape.of(1, 9, 8, 3))));
    assertEquals(
        "InferenceSession: expected input 0 of (None, 9, 9, 3) with one batch of 1 to 2 for all"
            + " inputs, found (1, 9, 8, 3)",
        e.getMessage());
    assertThrows(ShapeException.class, () -> session.run(draw(Shape.of(3, 9, 9, 3))));
  }

  @Test
  void outputsAreTheSessionsOwnMemory() {
    InferenceSession session =
        InferencePlan.compile(inceptionLike()).session(Compute.threads(1), 1);
    Tensor first = session.run(draw(Shape.of(1, 9, 9, 3))).get(0);
    assertSame(first, session.run(draw(Shape.of(1, 9, 9, 3))).get(0));
  }

  private Model inceptionLike() {
    Node input = Input.of(9, 9, 3);
    Node stem = convNormRelu(input, 8, 3, 3);
    Node pooled = new MaxPooling2D(3).strides(2).name("max_pool").on(stem);
    Node a = convNormRelu(pooled, 16, 1, 1);
    Node b = convNormRelu(convNormRelu(pooled, 5, 1, 1), 17, 1, 3);
    Node average =
        new AveragePooling2D(3).strides(1).padding(Padding.SAME).name("average_pool").on(pooled);
    Node c = convNormRelu(average, 4, 1, 1);
    Node mixed = new Concatenate().on(a, b, c);
    Node dropped = new Dropout(0.5).on(new Flatten().on(mixed));
    Node output = new Dense(2).activation(Activation.SIGMOID).name("dense").on(dropped);
    Model model = new Model(input, output);
    randomize(model);
    return model;
  }

  private static Node conv(Node x, int filters) {
    return new Conv2D(filters, 3, 3).padding(Padding.SAME).on(x);
  }

  private static Node convNormRelu(Node x, int filters, int height, int width) {
    Node y = new Conv2D(filters, height, width).padding(Padding.SAME).useBias(false).on(x);
    y = new BatchNormalization().scale(filters % 2 == 0).on(y);
    return new ActivationLayer(Activation.RELU).on(y);
  }

  private void randomize(Model model) {
    for (Layer layer : model.layers()) {
      for (Parameter parameter : layer.parameters()) {
        boolean positive = parameter.name().contains("variance");
        float[] values = new float[parameter.value().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(positive ? 0.5 : -1, positive ? 1.5 : 1);
        }
        parameter.assign(values);
      }
    }
  }

  private Tensor draw(Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(shape, values);
  }

  private static void assertClose(Tensor expected, Tensor found) {
    assertClose(expected, found, 1e-4);
  }

  private static void assertClose(Tensor expected, Tensor found, double tolerance) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray(), (float) tolerance);
  }
}
