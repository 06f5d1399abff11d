package io.github.lanewise.bench;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Dataset;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.FrozenTrunk;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Steps of training of a model with one output between 0 and 1, on drawn samples, or on what its
 * frozen part makes of them.
 */
record TrainingSteps(@Nullable CompiledModel model, Dataset data, int batch) {

  /** Steps a run. */
  static final int COUNT = 10;

  /** Before there is a model. */
  static final TrainingSteps NONE =
      new TrainingSteps(null, new ArrayDataset(Tensor.zeros(1, 1), Tensor.zeros(1, 1)), 1);

  /** Steps of this model by binary cross-entropy and RMSprop. */
  static TrainingSteps of(Model model, int batch, double learningRate, Compute compute) {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = model.input().shape().withBatch(COUNT * batch);
    Tensor x = Tensor.of(shape, Draw.floats(shape.size(), random));
    Tensor y = Tensor.zeros(COUNT * batch, 1);
    for (int i = 0; i < COUNT * batch; i++) {
      y.data()[i] = i % 2;
    }
    CompiledModel compiled =
        CompiledModel.compile(model, new RMSprop(learningRate), Loss.BINARY_CROSSENTROPY)
            .on(compute);
    Dataset samples = new ArrayDataset(x, y);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    Dataset features =
        trunk.trivial()
            ? samples
            : trunk.features(samples, batch, Long.MAX_VALUE, compute, (done, total) -> {});
    return new TrainingSteps(compiled, features, batch);
  }

  /** Trains for {@link #COUNT} steps and gives their loss. */
  double run() {
    if (model == null) {
      throw new IllegalStateException("no model");
    }
    FitOptions options = new FitOptions().epochs(1).batchSize(batch).shuffle(false);
    return model.fit(data, options).last("loss");
  }
}
