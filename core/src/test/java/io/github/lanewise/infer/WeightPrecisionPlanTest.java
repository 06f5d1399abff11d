package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightPrecisionPlanTest {

  /** So many that gaps behind packed floats are less than a hundredth of them. */
  private static final int UNITS = 1024;

  private final Random random = new Random(5);

  @ParameterizedTest
  @EnumSource
  void aPlanComesNearItsModelForEveryBatchAndNumberOfThreads(WeightPrecision precision) {
    Model model = model();
    InferencePlan plan = InferencePlan.compile(model, Conv2dAlgorithm.WINOGRAD, precision);
    double tolerance =
        switch (precision) {
          case FLOAT32 -> 1e-5;
          case BFLOAT16 -> 0.02;
          case INT8 -> 0.04;
        };
    for (int batch : new int[] {1, 3}) {
      Tensor x = draw(Shape.of(batch, 16, 16, 16));
      float[] expected = model.forward(x).toArray();
      float[] found = plan.session(Compute.threads(1), 3).run(x).get(0).toArray();
      assertArrayEquals(expected, found, (float) tolerance);
      assertArrayEquals(found, plan.session(Compute.threads(3), 3).run(x).get(0).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlanTellsThePrecisionOfEachLayerAndItsBytes(WeightPrecision precision) {
    InferencePlan plan = InferencePlan.compile(model(UNITS), Conv2dAlgorithm.DIRECT, precision);
    String name =
        precision == WeightPrecision.FLOAT32 ? "" : precision.name().toLowerCase(Locale.ROOT);
    List<String> lines = List.of(plan.explain(100).split("\n"));
    for (String layer : List.of("conv", "wide")) {
      String line = lines.stream().filter(l -> l.startsWith(layer)).findFirst().orElseThrow();
      assertTrue(line.contains(name), line);
    }
    for (String layer : List.of("depthwise", "narrow")) {
      String line = lines.stream().filter(l -> l.startsWith(layer)).findFirst().orElseThrow();
      assertTrue(!line.contains("bfloat16") && !line.contains("int8"), line);
    }
    double floats = InferencePlan.compile(model(UNITS), Conv2dAlgorithm.DIRECT).weightBytes();
    double expected =
        switch (precision) {
          case FLOAT32 -> 1;
          case BFLOAT16 -> 0.5;
          case INT8 -> 0.25;
        };
    assertEquals(expected, plan.weightBytes() / floats, 0.01);
  }

  private Model model() {
    return model(64);
  }

  private Model model(int units) {
    Node input = Input.of(16, 16, 16);
    Node convolved =
        new Conv2D(32, 3, 3)
            .padding(Padding.SAME)
            .activation(Activation.RELU)
            .name("conv")
            .on(input);
    Node depthwise = new DepthwiseConv2D(3, 3).strides(2, 2).name("depthwise").on(convolved);
    Node flat = new Flatten().on(depthwise);
    Node wide = new Dense(units).activation(Activation.RELU).name("wide").on(flat);
    Node narrow = new Dense(2).activation(Activation.SOFTMAX).name("narrow").on(wide);
    return new Model(input, narrow);
  }

  private Tensor draw(Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(shape, values);
  }
}
