package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FitTest {

  private static CompiledModel sparse(Model model, Optimizer optimizer) {
    return CompiledModel.compile(
        model, optimizer, Loss.SPARSE_CATEGORICAL_CROSSENTROPY, new Accuracy());
  }

  @Test
  void aLogisticRegressionLearnsToTellHalfPlanesApart() {
    CompiledModel model =
        CompiledModel.compile(
            Tasks.logistic(), new SGD(1), Loss.BINARY_CROSSENTROPY, new Accuracy(), new AUC());
    FitOptions options = new FitOptions().epochs(30).batchSize(16);
    History history = model.fit(Tasks.halfPlanes(200, 1), options);
    assertEquals(30, history.epochs());
    assertEquals(List.of("loss", "accuracy", "auc"), history.names());
    assertTrue(history.last("loss") < history.get("loss").get(0) / 2);
    Map<String, Double> figures = model.evaluate(Tasks.halfPlanes(200, 2), 64);
    assertTrue(figures.getOrDefault("accuracy", 0.0) > 0.97, figures.toString());
    assertTrue(figures.getOrDefault("auc", 0.0) > 0.99, figures.toString());
  }

  @Test
  @Tag("every-width")
  void aSmallConvolutionalNetLearnsToTellDrawnShapesApart() {
    CompiledModel model = sparse(Tasks.convNet(), new RMSprop(0.003));
    FitOptions options =
        new FitOptions().epochs(8).batchSize(16).validationData(Tasks.shapes(100, 2));
    History history = model.fit(Tasks.shapes(200, 1), options);
    assertTrue(history.last("val_accuracy") > 0.9, history.get("val_accuracy").toString());
  }

  @Test
  void aHiddenLayerLearnsTheExclusiveOr() {
    Node input = Input.of(2);
    Node x =
        new Dense(16)
            .activation(Activation.RELU)
            .kernelInitializer(new GlorotUniform(4))
            .name("hidden")
            .on(input);
    x =
        new Dense(1)
            .activation(Activation.SIGMOID)
            .kernelInitializer(new GlorotUniform(5))
            .name("out")
            .on(x);
    CompiledModel model =
        CompiledModel.compile(
            new Model(input, x), new Adam(0.05), Loss.BINARY_CROSSENTROPY, new Accuracy());
    ArrayDataset table =
        new ArrayDataset(
            Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1),
            Tensor.of(Shape.of(4, 1), 0, 1, 1, 0));
    History history = model.fit(table, new FitOptions().epochs(200).batchSize(4));
    assertEquals(1, history.last("accuracy"));
    assertTrue(history.last("loss") < 0.05, history.get("loss").toString());
  }

  @Test
  void oneThreadAndTwoComputeTheSameBits() {
    Model one = Tasks.convNet();
    Model two = Tasks.convNet();
    FitOptions options = new FitOptions().epochs(2).batchSize(16).seed(7);
    History first =
        sparse(one, new Adam(0.01)).on(Compute.threads(1)).fit(Tasks.shapes(40, 1), options);
    History second =
        sparse(two, new Adam(0.01)).on(Compute.threads(2)).fit(Tasks.shapes(40, 1), options);
    assertArrayEquals(Tasks.weights(one).toArray(), Tasks.weights(two).toArray());
    assertEquals(first.get("loss"), second.get("loss"));
  }

  @Test
  void anotherSeedIsAnotherTraining() {
    Model one = Tasks.convNet();
    Model two = Tasks.convNet();
    FitOptions options = new FitOptions().batchSize(16);
    sparse(one, new SGD(0.01)).fit(Tasks.shapes(40, 1), options.seed(1));
    sparse(two, new SGD(0.01)).fit(Tasks.shapes(40, 1), options.seed(2));
    assertFalse(Arrays.deepEquals(Tasks.weights(one).toArray(), Tasks.weights(two).toArray()));
  }

  @Test
  void oneStepOfSgdIsTheGradientsFormula() {
    Model model = Tasks.logistic();
    model.parameters().get(0).assign(0.5f, -0.25f);
    Tensor x = Tensor.zeros(1, 2);
    x.data()[0] = 2;
    x.data()[1] = 3;
    ArrayDataset data = new ArrayDataset(x, Tensor.zeros(1, 1));
    CompiledModel.compile(model, new SGD(0.1), Loss.BINARY_CROSSENTROPY)
        .fit(data, new FitOptions());
    double p = 1 / (1 + Math.exp(-0.25));
    float[] kernel = model.parameters().get(0).value().toArray();
    assertEquals(0.5 - 0.1 * p * 2, kernel[0], 1e-6);
    assertEquals(-0.25 - 0.1 * p * 3, kernel[1], 1e-6);
    assertEquals(-0.1 * p, model.parameters().get(1).value().item(), 1e-6);
  }

  @Test
  void lossesOfBatchesCountByTheirSamples() {
    Tensor x = Tensor.zeros(3, 2);
    Tensor y = Tensor.zeros(3, 1);
    x.data()[4] = 4;
    Model model = Tasks.logistic();
    model.parameters().get(0).assign(1, 0);
    CompiledModel compiled = CompiledModel.compile(model, new SGD(0), Loss.BINARY_CROSSENTROPY);
    double expected = (2 * Math.log(2) + Math.log1p(Math.exp(4))) / 3;
    ArrayDataset data = new ArrayDataset(x, y);
    FitOptions options = new FitOptions().batchSize(2).shuffle(false);
    assertEquals(expected, compiled.fit(data, options).last("loss"), 1e-6);
    assertEquals(expected, compiled.evaluate(data, 2).getOrDefault("loss", 0.0), 1e-6);
  }

  @Test
  void evaluateCountsWhatPredictPredicts() {
    Model model = Tasks.convNet();
    CompiledModel compiled = sparse(model, new RMSprop(0.003));
    compiled.fit(Tasks.shapes(60, 1), new FitOptions().epochs(2).batchSize(16));
    int n = 50;
    int size = Tasks.SIDE * Tasks.SIDE;
    Tensor x = Tensor.zeros(n, Tasks.SIDE, Tasks.SIDE, 1);
    Tensor y = Tensor.zeros(n, 1);
    ArrayDataset data = Tasks.shapes(n, 3);
    for (int i = 0; i < n; i++) {
      data.read(i, x.data(), i * size, y.data(), i);
    }
    Tensor predictions = compiled.predict(x, 16);
    double loss = 0;
    int right = 0;
    for (int i = 0; i < n; i++) {
      int kind = (int) y.get(i, 0);
      loss -= Math.log(predictions.get(i, kind)) / n;
      right += predictions.get(i, kind) > 0.5f ? 1 : 0;
    }
    Map<String, Double> figures = compiled.evaluate(data, 7);
    assertEquals(loss, figures.getOrDefault("loss", -1.0), 1e-4);
    assertEquals((double) right / n, figures.get("accuracy"));
  }

  @Test
  void evaluationChangesNoWeight() {
    Model model = Tasks.convNet();
    List<float[]> before = Tasks.weights(model);
    sparse(model, new SGD(1)).evaluate(Tasks.shapes(20, 1), 8);
    assertArrayEquals(before.toArray(), Tasks.weights(model).toArray());
  }

  @Test
  void validationIsAnEvaluationAfterTheEpoch() {
    ArrayDataset validation = Tasks.shapes(30, 2);
    CompiledModel model = sparse(Tasks.convNet(), new RMSprop(0.003));
    FitOptions options = new FitOptions().batchSize(16).validationData(validation);
    History history = model.fit(Tasks.shapes(40, 1), options);
    Map<String, Double> figures = model.evaluate(validation, 16);
    assertEquals(figures.get("loss"), history.last("val_loss"));
    assertEquals(figures.get("accuracy"), history.last("val_accuracy"));
  }

  @Test
  void samplesThatCanNotBeReadAreLeftOut() {
    Model all = Tasks.convNet();
    Model some = Tasks.convNet();
    FitOptions options = new FitOptions().batchSize(8).shuffle(false);
    ArrayDataset data = Tasks.shapes(24, 1);
    sparse(all, new SGD(0.1)).fit(new Numbered(data).unreadable(0, 1, 2, 3, 4, 5, 6, 7), options);
    Tensor x = Tensor.zeros(16, Tasks.SIDE, Tasks.SIDE, 1);
    Tensor y = Tensor.zeros(16, 1);
    for (int i = 0; i < 16; i++) {
      data.read(8 + i, x.data(), i * Tasks.SIDE * Tasks.SIDE, y.data(), i);
    }
    sparse(some, new SGD(0.1)).fit(new ArrayDataset(x, y), options);
    assertArrayEquals(Tasks.weights(some).toArray(), Tasks.weights(all).toArray());
  }
}
