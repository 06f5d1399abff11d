package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against values by hand, of one step of SGD at a rate of 1 from weights of zero. */
class ClassWeightTest {

  private static final Tensor X = Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 2, 0);

  private static Model zeros(int outputs, Activation activation) {
    Node input = Input.of(2);
    Model model = new Model(input, new Dense(outputs).activation(activation).on(input));
    model.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
    return model;
  }

  private static History fit(Model model, Loss loss, Tensor y, FitOptions options) {
    return CompiledModel.compile(model, new SGD(1), loss, new Accuracy())
        .fit(new ArrayDataset(X, y), options);
  }

  @Test
  void theLossOfASampleIsMultipliedByTheWeightOfItsClass() {
    Model model = zeros(1, Activation.SIGMOID);
    Tensor y = Tensor.of(Shape.of(3, 1), 1, 0, 1);
    FitOptions options =
        new FitOptions().classWeight(Map.of(0, 1.0, 1, 3.0)).validationData(new ArrayDataset(X, y));
    History history = fit(model, Loss.BINARY_CROSSENTROPY, y, options);
    // p is 0.5 for all: (3 + 1 + 3) / 3 log 2, and no sample is above the threshold.
    assertEquals(7 / 3.0 * Math.log(2), history.last("loss"), 1e-6);
    assertEquals(1 / 3.0, history.last("accuracy"), 1e-6);
    // The mean of weight (p - y) x, and of weight (p - y).
    List<float[]> weights = Tasks.weights(model);
    assertArrayEquals(new float[] {4.5f / 3, -0.5f / 3}, weights.get(0), 1e-6f);
    assertArrayEquals(new float[] {2.5f / 3}, weights.get(1), 1e-6f);
    // Validation is not weighted: the mean of log(1 + exp(-z)) and, for class 0, log(1 + exp(z)).
    double z1 = 4.5 / 3 + 2.5 / 3;
    double z2 = -0.5 / 3 + 2.5 / 3;
    double z3 = 2 * 4.5 / 3 + 2.5 / 3;
    double expected =
        (Math.log1p(Math.exp(-z1)) + Math.log1p(Math.exp(z2)) + Math.log1p(Math.exp(-z3))) / 3;
    assertEquals(expected, history.last("val_loss"), 1e-6);
  }

  @Test
  void ofSeveralColumnsTheLargestIsTheClassAndClassesWithoutAWeightHaveOne() {
    Tensor oneHot = Tensor.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1);
    Tensor numbers = Tensor.of(Shape.of(3, 1), 0, 1, 2);
    FitOptions options = new FitOptions().classWeight(Map.of(0, 0.5, 2, 4.0));
    Model a = zeros(3, Activation.SOFTMAX);
    Model b = zeros(3, Activation.SOFTMAX);
    double loss = (0.5 + 1 + 4) / 3 * Math.log(3);
    assertEquals(loss, fit(a, Loss.CATEGORICAL_CROSSENTROPY, oneHot, options).last("loss"), 1e-6);
    assertEquals(
        loss, fit(b, Loss.SPARSE_CATEGORICAL_CROSSENTROPY, numbers, options).last("loss"), 1e-6);
    // The bias of class 0: minus the mean of weight (1/3 - y).
    float bias = (float) -((0.5 * (1 / 3.0 - 1) + 1 / 3.0 + 4 / 3.0) / 3);
    assertEquals(bias, Tasks.weights(a).get(1)[0], 1e-6f);
    assertEquals(bias, Tasks.weights(b).get(1)[0], 1e-6f);
  }

  @Test
  void weightsOfOneChangeNoBit() {
    Tensor y = Tensor.of(Shape.of(3, 1), 1, 0, 1);
    Model plain = zeros(1, Activation.SIGMOID);
    Model weighted = zeros(1, Activation.SIGMOID);
    History expected =
        fit(plain, Loss.BINARY_CROSSENTROPY, y, new FitOptions().epochs(3).batchSize(2));
    FitOptions ones = new FitOptions().epochs(3).batchSize(2).classWeight(Map.of(0, 1.0, 1, 1.0));
    assertEquals(
        expected.get("loss"), fit(weighted, Loss.BINARY_CROSSENTROPY, y, ones).get("loss"));
    assertArrayEquals(Tasks.weights(plain).get(0), Tasks.weights(weighted).get(0));
  }

  @Test
  void whatIsNoWeightOrNoClassIsRefused() {
    for (Map<Integer, Double> wrong :
        List.of(Map.of(-1, 1.0), Map.of(0, -1.0), Map.of(0, Double.NaN))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new FitOptions().classWeight(wrong));
      assertEquals(
          "class_weight: expected weights of at least 0 for classes from 0, found " + wrong,
          e.getMessage());
    }
    Node input = Input.of(3, 2);
    Model rows = new Model(input, new Dense(1).on(input));
    Dataset data = new ArrayDataset(Tensor.zeros(2, 3, 2), Tensor.zeros(2, 3, 1));
    CompiledModel compiled = CompiledModel.compile(rows, new SGD(1), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = new FitOptions().classWeight(Map.of(0, 1.0));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> compiled.fit(data, options));
    assertEquals(
        "class_weight: expected targets of one class a sample, found (3, 1)", e.getMessage());
  }
}
