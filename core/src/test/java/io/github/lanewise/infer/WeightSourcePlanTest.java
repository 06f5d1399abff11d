package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv1D;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.DepthwiseConv2D;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.PReLU;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.nn.Rescaling;
import io.github.lanewise.nn.Reshape;
import io.github.lanewise.nn.SeparableConv2D;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans whose weights come from a source, and not from their model. */
class WeightSourcePlanTest {

  private static final Shape INPUT = Shape.of(12, 12, 3);

  private final SplittableRandom random = new SplittableRandom(3);

  /** What reads another model's weights, by the place of the parameter. */
  private static final class OtherModel implements WeightSource {
    final Map<Parameter, Integer> reads = new ConcurrentHashMap<>();
    final Model other;
    String fails = "";
    int closed;

    OtherModel(Model other) {
      this.other = other;
    }

    @Override
    public WeightReader open(Model model) {
      Map<Parameter, Parameter> places = new HashMap<>();
      for (int i = 0; i < model.parameters().size(); i++) {
        places.put(model.parameters().get(i), other.parameters().get(i));
      }
      return new WeightReader() {
        @Override
        public void read(Parameter parameter, float[] to) {
          assertEquals(0, closed, "open while it is read");
          if (parameter.name().equals(fails)) {
            throw new WeightException("damaged: " + fails);
          }
          reads.merge(parameter, 1, Integer::sum);
          Tensor value = places.get(parameter).value();
          System.arraycopy(value.data(), value.offset(), to, 0, value.size());
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  /** Convolutions that are folded, pooled and shared, and what is not packed. */
  private static Model model() {
    Node input = Input.of(INPUT.dim(0), INPUT.dim(1), INPUT.dim(2));
    Node x = new Rescaling(new double[] {2, 3, 4}, new double[] {0, 1, 0.5}).on(input);
    x = new Conv2D(16, 3, 3).padding(Padding.SAME).useBias(false).name("stem").on(x);
    x = new ReLU().on(new BatchNormalization().name("bn").on(x));
    Conv2D shared = new Conv2D(16, 3, 3).padding(Padding.SAME).name("shared");
    x = shared.on(new PReLU().name("prelu").on(shared.on(x)));
    x = new DepthwiseConv2D(3).name("depthwise").on(x);
    x = new SeparableConv2D(20, 3, 3).activation(Activation.RELU).name("separable").on(x);
    x = new AveragePooling2D(3).strides(1).padding(Padding.SAME).on(x);
    x = new BatchNormalization().name("bn2").on(new Conv2D(4, 1).name("projection").on(x));
    x = new Conv1D(24, 3).name("sequence").on(new Reshape(64, 4).on(x));
    x = new Flatten().on(new BatchNormalization().name("alone").on(x));
    x = new Dense(32).activation(Activation.TANH).name("wide").on(x);
    Dense twice = new Dense(32).name("twice");
    x = new Add().on(x, twice.on(twice.on(x)));
    x = new Dense(3).name("narrow").on(x);
    return new Model("small", List.of(input), List.of(x));
  }

  private Model loaded() {
    Model model = model();
    for (Parameter parameter : model.parameters()) {
      boolean positive = parameter.name().equals("moving_variance");
      parameter.assign(draw(positive ? 0.5 : -0.5, parameter.shape()).data());
    }
    return model;
  }

  private Tensor draw(double low, Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) (low + random.nextDouble());
    }
    return tensor;
  }

  @ParameterizedTest
  @EnumSource
  void aPlanFromASourceGivesTheBitsOfThePlanOfTheModelThatWasLoaded(WeightPrecision precision) {
    Model loaded = loaded();
    Tensor x = draw(-0.5, INPUT.prepend(2));
    for (Conv2dAlgorithm algorithm : Conv2dAlgorithm.values()) {
      InferencePlan expected = InferencePlan.compile(loaded, algorithm, precision);
      InferencePlan found =
          InferencePlan.compile(model(), new OtherModel(loaded), algorithm, precision);
      assertArrayEquals(
          expected.session(Compute.threads(1), 2).run(x).get(0).toArray(),
          found.session(Compute.threads(1), 2).run(x).get(0).toArray(),
          algorithm.name());
      assertEquals(expected.weightBytes(), found.weightBytes());
      assertEquals(expected.explain(100), found.explain(100));
    }
  }

  @Test
  void theModelsOwnWeightsAreNeitherCreatedNorChanged() {
    Model model = model();
    Model untouched = model();
    OtherModel source = new OtherModel(loaded());
    InferencePlan.compile(model, source);
    assertTrue(source.reads.keySet().containsAll(model.parameters()), "every weight was read");
    int kernels = 0;
    for (int i = 0; i < model.parameters().size(); i++) {
      Parameter parameter = model.parameters().get(i);
      if (parameter.name().endsWith("kernel")) {
        // Memory is taken over only where the value has not been created.
        Tensor first = Tensor.zeros(parameter.shape());
        parameter.adopt(first);
        assertSame(first.data(), parameter.value().data(), parameter.toString());
        kernels++;
      } else {
        assertArrayEquals(
            untouched.parameters().get(i).value().toArray(), parameter.value().toArray());
      }
    }
    assertEquals(10, kernels);
  }

  @Test
  void aWeightThatIsNotPackedIsReadOnceAndSharedByTheStepsThatTakeIt() {
    Model model = model();
    OtherModel source = new OtherModel(loaded());
    InferencePlan plan = InferencePlan.compile(model, source);
    Set<Tensor> kernels = new HashSet<>();
    for (InferencePlan.PlacedStep step : plan.steps()) {
      if (step.layer().equals("twice")) {
        kernels.add(((OpStep) step.step()).constants().get(0));
      }
    }
    assertEquals(1, kernels.size());
    for (Parameter parameter : model.layer("twice").layer().parameters()) {
      assertEquals(1, source.reads.get(parameter), parameter.toString());
    }
  }

  @Test
  void theSourceIsClosedWhenThePlanIsReady() {
    OtherModel source = new OtherModel(loaded());
    InferencePlan.compile(model(), source);
    assertEquals(1, source.closed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gamma", "kernel", "alpha"})
  void aWeightThatCanNotBeReadGivesNoPlanAndTheSourceIsClosed(String name) {
    OtherModel source = new OtherModel(loaded());
    source.fails = name;
    WeightException e =
        assertThrows(WeightException.class, () -> InferencePlan.compile(model(), source));
    assertEquals("damaged: " + name, e.getMessage());
    assertEquals(1, source.closed);
  }

  @Test
  void loadingAModelIsAllOrNothingWhereAWeightCanNotBeRead() {
    OtherModel source = new OtherModel(loaded());
    source.fails = "moving_variance";
    Model model = model();
    List<float[]> before = model.parameters().stream().map(p -> p.value().toArray()).toList();
    assertThrows(WeightException.class, () -> model.loadWeights(source));
    assertTrue(source.reads.size() > 2, "some were read");
    for (int i = 0; i < before.size(); i++) {
      assertArrayEquals(before.get(i), model.parameters().get(i).value().toArray());
    }
    assertEquals(1, source.closed);
  }
}
