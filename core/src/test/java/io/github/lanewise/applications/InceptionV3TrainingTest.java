package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.History;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The whole network at its smallest size. */
class InceptionV3TrainingTest {

  private static final int SIZE = 75;

  /** Layers from the bottom to the top, of each kind of block. */
  private static final List<String> SAMPLED =
      List.of(
          "conv2d_1",
          "batch_normalization_2",
          "conv2d_5",
          "batch_normalization_13",
          "conv2d_52",
          "batch_normalization_70",
          "conv2d_72",
          "conv2d_94");

  private static Tensor random(Tensor tensor, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return tensor;
  }

  private static Tensor output(Tape tape, Model model, Tensor x) {
    return model.forward(tape, Map.of(model.input(), x), List.of(model.output()), true).get(0);
  }

  /** Found: errors up to 0.005. */
  @Test
  void gradientsAreCentralDifferencesWithFrozenBatchNormalization() {
    assertGradientsAreCentralDifferences(false, 3e-4f, 0.02);
  }

  /**
   * Found: errors up to 0.04, of the step, as statistics of eight samples make the loss bend: 0.2
   * with three times the step.
   */
  @Test
  void gradientsAreCentralDifferencesWithTheBatchsStatistics() {
    assertGradientsAreCentralDifferences(true, 1e-4f, 0.1);
  }

  /** Of the weight with the largest gradient of each sampled layer. */
  private static void assertGradientsAreCentralDifferences(
      boolean batchStatistics, float step, double tolerance) {
    Compute compute = Compute.threads(2);
    Model inception = InceptionV3.notop(SIZE, SIZE);
    Model model = new Model(inception.input(), new Flatten().on(inception.output()));
    model.layers().stream()
        .filter(l -> l instanceof BatchNormalization)
        .forEach(l -> l.setTrainable(batchStatistics));
    Tensor x = random(Tensor.zeros(8, SIZE, SIZE, 3), 1);
    Tape tape = new Tape(compute);
    for (String name : SAMPLED) {
      tape.watch(model.layer(name).layer().parameters().get(0).value());
    }
    Tensor y = output(tape, model, x);
    Tensor weights = random(Tensor.zeros(y.shape().dim(1), 1), 2);
    Tensor projected = tape.apply(new io.github.lanewise.op.Dense(), y, weights);
    Tensor target = Tensor.zeros(projected.shape());
    Gradients gradients = tape.gradients(tape.apply(new MeanSquaredError(), projected, target));
    for (String name : SAMPLED) {
      Tensor value = model.layer(name).layer().parameters().get(0).value();
      float[] gradient = gradients.get(value).toArray();
      int largest = 0;
      for (int i = 0; i < gradient.length; i++) {
        largest = Math.abs(gradient[i]) > Math.abs(gradient[largest]) ? i : largest;
      }
      float before = value.data()[largest];
      double above = loss(model, x, weights, value, largest, before + step, compute);
      double below = loss(model, x, weights, value, largest, before - step, compute);
      value.data()[largest] = before;
      double expected = (above - below) / (2 * step);
      assertEquals(expected, gradient[largest], tolerance * Math.abs(expected), name);
    }
  }

  /** The mean square of each sample's outputs times {@code weights}, after one value is set. */
  private static double loss(
      Model model, Tensor x, Tensor weights, Tensor value, int i, float set, Compute compute) {
    value.data()[i] = set;
    float[] y = output(new Tape(compute), model, x).toArray();
    int rows = x.shape().dim(0);
    int channels = y.length / rows;
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      double projected = 0;
      for (int c = 0; c < channels; c++) {
        projected += (double) y[r * channels + c] * weights.data()[c];
      }
      loss += projected * projected / rows;
    }
    return loss;
  }

  /** The course's head on mixed7. */
  private static Model head() {
    Node input = Input.of(3, 3, 768);
    Node x = new Flatten().on(input);
    x = new Dense(1024).activation(Activation.RELU).on(x);
    x = new Dropout(0.2).seed(3).on(x);
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).on(x));
  }

  private static Model whole() {
    Model inception = InceptionV3.notop(SIZE, SIZE);
    Node x = new GlobalAveragePooling2D().on(inception.output());
    return new Model(inception.input(), new Dense(1).activation(Activation.SIGMOID).on(x));
  }

  @Test
  void theSameSeedGivesTheHeadTheSameBitsForAnyNumberOfThreads() {
    assertTheSameBits(InceptionV3TrainingTest::head, 20, 1e-4);
  }

  @Test
  void theSameSeedGivesTheWholeNetworkTheSameBitsForAnyNumberOfThreads() {
    assertTheSameBits(InceptionV3TrainingTest::whole, 5, 1e-5);
  }

  /** Three batches, the last of one sample. */
  private static void assertTheSameBits(Supplier<Model> models, int batch, double rate) {
    List<float[]> initial = weights(models.get());
    Fitted expected = fitted(models.get(), batch, rate, 1);
    for (int i = 0; i < initial.size(); i++) {
      assertFalse(Arrays.equals(initial.get(i), expected.weights.get(i)), "parameter " + i);
    }
    for (int threads : new int[] {2, 7}) {
      Fitted found = fitted(models.get(), batch, rate, threads);
      assertEquals(expected.losses, found.losses, threads + " threads");
      for (int i = 0; i < initial.size(); i++) {
        assertArrayEquals(expected.weights.get(i), found.weights.get(i), threads + " threads");
      }
    }
  }

  private record Fitted(List<Double> losses, List<float[]> weights) {}

  private static Fitted fitted(Model model, int batch, double rate, int threads) {
    int samples = 2 * batch + 1;
    Tensor x = random(Tensor.zeros(model.input().shape().withBatch(samples)), 5);
    Tensor y = Tensor.zeros(samples, 1);
    for (int i = 0; i < samples; i += 2) {
      y.data()[i] = 1;
    }
    History history =
        CompiledModel.compile(model, new RMSprop(rate), Loss.BINARY_CROSSENTROPY)
            .on(Compute.threads(threads))
            .fit(new ArrayDataset(x, y), new FitOptions().batchSize(batch).seed(11));
    return new Fitted(history.get("loss"), weights(model));
  }

  private static List<float[]> weights(Model model) {
    return model.parameters().stream().map(p -> p.value().toArray()).toList();
  }
}
