package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What optimizers remember, and what makes equal ones. */
class OptimizerStateTest {

  private static final int BATCH = 4;
  private static final int BATCHES = 7;

  static Stream<Supplier<BaseOptimizer<?>>> optimizers() {
    return Stream.of(
        () -> new SGD(0.1),
        () -> new SGD(0.1, 0.9, false),
        () -> new SGD(0.1, 0.9, true).clipvalue(0.01),
        () -> new SGD(0.1, 0.9, false).weightDecay(0.2).gradientAccumulationSteps(2),
        () -> new RMSprop(0.01),
        () -> new RMSprop(0.01).weightDecay(0.3).clipvalue(0.05),
        () -> new RMSprop(0.01, 0.8, 1e-3).clipnorm(0.1),
        () -> new Adam(0.01),
        () -> new Adam(0.01).learningRate(new CosineDecay(0.01, 9)).gradientAccumulationSteps(3),
        () -> new AdamW(0.01, 0.05).learningRate(new ExponentialDecay(0.02, 3, 0.5, true)),
        () ->
            new AdamW(0.01)
                .learningRate(
                    new PiecewiseConstantDecay(new int[] {2, 5}, new double[] {0.1, 0.03, 0.02}))
                .globalClipnorm(0.2));
  }

  private static void fit(Model model, Optimizer optimizer, int from, int to) {
    Tensor x = Tensor.zeros(BATCH * (to - from), 2);
    Tensor y = Tensor.zeros(BATCH * (to - from), 1);
    ArrayDataset all = Tasks.halfPlanes(BATCH * BATCHES, 3);
    for (int i = 0; i < BATCH * (to - from); i++) {
      all.read(BATCH * from + i, x.data(), 2 * i, y.data(), i);
    }
    CompiledModel.compile(model, optimizer, Loss.BINARY_CROSSENTROPY)
        .fit(new ArrayDataset(x, y), new FitOptions().batchSize(BATCH).shuffle(false));
  }

  /** Another model of equal weights with another optimizer of equal state. */
  private static BaseOptimizer<?> copy(
      Model model, BaseOptimizer<?> optimizer, Model other, BaseOptimizer<?> fresh) {
    fresh.setIterations(optimizer.iterations());
    for (int i = 0; i < model.parameters().size(); i++) {
      Parameter parameter = model.parameters().get(i);
      Parameter twin = other.parameters().get(i);
      twin.assign(parameter.value().toArray());
      for (String name : optimizer.slotNames()) {
        float[] values = optimizer.slot(name, parameter).toArray();
        System.arraycopy(values, 0, fresh.slot(name, twin).data(), 0, values.length);
      }
    }
    return fresh;
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainingGoesOnBitForBitFromStateAndConfig(Supplier<BaseOptimizer<?>> optimizers) {
    for (int until : new int[] {1, 3, 4}) {
      BaseOptimizer<?> optimizer = optimizers.get();
      Model model = Tasks.logistic();
      fit(model, optimizer, 0, until);
      Model other = Tasks.logistic();
      BaseOptimizer<?> fresh = Optimizer.fromConfig(optimizer.config());
      copy(model, optimizer, other, fresh);
      fit(model, optimizer, until, BATCHES);
      fit(other, fresh, until, BATCHES);
      assertEquals(BATCHES, fresh.iterations());
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(Tasks.weights(model).get(i), Tasks.weights(other).get(i));
      }
      Model whole = Tasks.logistic();
      fit(whole, optimizers.get(), 0, BATCHES);
      assertArrayEquals(Tasks.weights(whole).get(0), Tasks.weights(other).get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theOptimizerOfAConfigHasTheSameConfig(Supplier<BaseOptimizer<?>> optimizers) {
    ObjectConfig config = optimizers.get().config();
    assertEquals(config, Optimizer.fromConfig(config).config());
    assertEquals(config, ObjectConfig.read(config.serialized("keras.optimizers")));
  }

  @Test
  void slotsHaveKerassNamesInItsOrder() {
    assertEquals(List.of(), new SGD(0.1).slotNames());
    assertEquals(List.of("momentum"), new SGD(0.1, 0.9, false).slotNames());
    assertEquals(List.of("velocity"), new RMSprop(0.1).slotNames());
    assertEquals(List.of("momentum", "velocity"), new Adam(0.1).slotNames());
    assertEquals(
        List.of("gradient_accumulator", "momentum", "velocity"),
        new AdamW(0.1).gradientAccumulationSteps(2).slotNames());
  }

  @Test
  void aSlotStartsWithZerosAndChangesWithTraining() {
    Model model = Tasks.logistic();
    Parameter kernel = model.parameters().get(0);
    Adam adam = new Adam(0.1);
    Tensor squares = adam.slot("velocity", kernel);
    assertArrayEquals(new float[2], squares.toArray());
    fit(model, adam, 0, 1);
    assertTrue(squares.toArray()[0] > 0);
    assertEquals(kernel.shape(), squares.shape());
  }

  @Test
  void aConfigHasKerassArguments() {
    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put("name", "rmsprop");
    expected.put("learning_rate", (double) 1e-4f);
    expected.put("weight_decay", null);
    expected.put("clipvalue", null);
    expected.put("clipnorm", 0.5);
    expected.put("global_clipnorm", null);
    expected.put("gradient_accumulation_steps", null);
    expected.put("rho", 0.95);
    expected.put("momentum", 0.0);
    expected.put("epsilon", 1e-6);
    expected.put("centered", false);
    ObjectConfig config = new RMSprop(1e-4, 0.95, 1e-6).clipnorm(0.5).config();
    assertEquals("RMSprop", config.className());
    assertEquals(expected, config.values());
  }

  @Test
  void aConfigHasTheWeightDecayAndNoneWhereThereIsNone() {
    ObjectConfig config = new SGD(0.5).weightDecay(0.25).config();
    assertEquals(0.25, config.values().get("weight_decay"));
    assertEquals(config, Optimizer.fromConfig(config).config());
    assertEquals(0.0, new AdamW(0.5, 0).config().values().get("weight_decay"));
    assertEquals(0.004, new AdamW(0.5).config().values().get("weight_decay"));
  }

  @Test
  void aConfigHasTheLearningRateAsItIsNow() {
    RMSprop optimizer = new RMSprop(0.5);
    optimizer.setLearningRate(0.25f);
    assertEquals(0.25, optimizer.config().real("learning_rate", 0));
  }

  @Test
  void aConfigOfAScheduleHoldsTheSchedule() {
    ObjectConfig config = new SGD(0).learningRate(new CosineDecay(0.1, 7, 0.2, 0.3, 4)).config();
    ObjectConfig schedule = ObjectConfig.read(config.values().get("learning_rate"));
    assertEquals("CosineDecay", schedule.className());
    assertEquals(
        Arrays.asList(0.1, 7, 0.2, "CosineDecay", 0.3, 4), List.copyOf(schedule.values().values()));
    LearningRateSchedule read = LearningRateSchedule.fromConfig(schedule);
    for (int step = 0; step < 13; step++) {
      assertEquals(new CosineDecay(0.1, 7, 0.2, 0.3, 4).rate(step), read.rate(step));
    }
  }

  @Test
  void absentArgumentsAreKerassDefaults() {
    assertEquals(new RMSprop(0.001).config(), Optimizer.fromConfig(of("RMSprop")).config());
    assertEquals(new Adam(0.001).config(), Optimizer.fromConfig(of("Adam")).config());
    assertEquals(new AdamW(0.001).config(), Optimizer.fromConfig(of("AdamW")).config());
    assertEquals(new SGD(0.01).config(), Optimizer.fromConfig(of("SGD")).config());
  }

  @Test
  void argumentsOfKeras1And2AreUnderstood() {
    ObjectConfig config = of("RMSprop", "lr", 0.5, "rho", 0.8, "decay", 0.0, "epsilon", null);
    assertEquals(new RMSprop(0.5, 0.8, 1e-7).config(), Optimizer.fromConfig(config).config());
    ObjectConfig newer = of("Adam", "jit_compile", true, "is_legacy_optimizer", false);
    assertEquals(new Adam(0.001).config(), Optimizer.fromConfig(newer).config());
  }

  private static ObjectConfig of(String className, @Nullable Object... namesAndValues) {
    return ObjectConfig.of(className, namesAndValues);
  }

  private static void assertRefused(ObjectConfig config, String... words) {
    String message =
        assertThrows(ConfigException.class, () -> Optimizer.fromConfig(config)).getMessage();
    for (String word : words) {
      assertTrue(String.valueOf(message).contains(word), message);
    }
  }

  @Test
  void whatIsNotSupportedIsOneErrorThatNamesIt() {
    assertRefused(of("Adagrad"), "Adagrad");
    assertRefused(of("RMSprop", "centered", true), "RMSprop: centered", "found true");
    assertRefused(of("RMSprop", "momentum", 0.9), "RMSprop: momentum", "0.9");
    assertRefused(of("Adam", "amsgrad", true), "Adam: amsgrad");
    assertRefused(of("Adam", "weight_decay", -0.1), "Adam: weight_decay");
    assertRefused(of("SGD", "decay", 1e-6), "SGD: decay");
    assertRefused(of("SGD", "use_ema", true), "SGD: use_ema");
    assertRefused(of("SGD", "momentum", "much"), "SGD: momentum", "a number", "much");
    assertRefused(of("SGD", "nesterov", 1), "SGD: nesterov", "true or false");
    assertRefused(of("SGD", "clipnorm", -1.0), "SGD: clipnorm");
    assertRefused(of("SGD", "clipnorm", 1.0, "clipvalue", 1.0), "SGD", "found two");
    assertRefused(
        of("SGD", "gradient_accumulation_steps", 1.5), "gradient_accumulation_steps", "1.5");
    assertRefused(of("SGD", "learning_rate", Map.of("class_name", "Own")), "class_name");
    assertRefused(
        of("SGD", "learning_rate", of("PolynomialDecay").serialized("m")), "PolynomialDecay");
    assertRefused(
        of("SGD", "learning_rate", of("ExponentialDecay").serialized("m")),
        "ExponentialDecay: decay_steps");
  }

  @Test
  void aScheduleOfOnesOwnHasNoConfig() {
    SGD optimizer = new SGD(0).learningRate(step -> 1.0 / (1 + step));
    assertThrows(ConfigException.class, optimizer::config);
  }

  @Test
  void aSlotThatThereIsNotAndNegativeIterationsAreErrors() {
    Parameter kernel = Tasks.logistic().parameters().get(0);
    RMSprop optimizer = new RMSprop(0.1);
    assertFalse(optimizer.slotNames().contains("momentum"));
    assertThrows(IllegalArgumentException.class, () -> optimizer.slot("momentum", kernel));
    assertThrows(
        IllegalArgumentException.class, () -> optimizer.slot("gradient_accumulator", kernel));
    assertThrows(IllegalArgumentException.class, () -> optimizer.setIterations(-1));
  }
}
