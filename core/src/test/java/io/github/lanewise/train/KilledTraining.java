package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that end in the middle, and their like that go on from the file. */
abstract class KilledTraining {

  static final int EPOCHS = 4;
  static final int SAMPLES = 22;

  @TempDir Path directory;

  /** Ends training as a kill would, after so many batches. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static final class Killer implements Callback {
    private int left;

    Killer(int batches) {
      left = batches;
    }

    @Override
    public void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {
      if (left-- == 0) {
        throw new Killed();
      }
    }
  }

  /** One training: all that a process would make. */
  class Job {
    final Model model = model();
    final List<Callback> callbacks = new ArrayList<>();
    BaseOptimizer<?> optimizer = new Adam(0.01);
    Dataset data = Tasks.shapes(SAMPLES, 1);
    final BackupAndRestore backup = new BackupAndRestore(file());
    int epochs = EPOCHS;
    long seed;

    History run() {
      callbacks.add(0, backup);
      return CompiledModel.compile(model, optimizer, Loss.BINARY_CROSSENTROPY, new Accuracy())
          .on(Compute.threads(2))
          .fit(
              data,
              new FitOptions()
                  .epochs(epochs)
                  .batchSize(4)
                  .seed(seed)
                  .validationData(Tasks.shapes(8, 2))
                  .callbacks(callbacks.toArray(Callback[]::new)));
    }
  }

  Path file() {
    return directory.resolve("checkpoint");
  }

  static Model model() {
    Node input = Input.of(Tasks.SIDE, Tasks.SIDE, 1);
    Node x = new Conv2D(3, 3, 3).kernelInitializer(new GlorotUniform(1)).name("conv").on(input);
    x = new BatchNormalization().momentum(0.9).name("norm").on(x);
    x = new Dropout(0.3).seed(5).name("drop").on(new Flatten().on(x));
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).name("head").on(x));
  }

  /** Runs jobs, each killed after so many batches, then one to the end. */
  static Job resumed(Supplier<Job> jobs, int... killedAfter) {
    for (int batches : killedAfter) {
      Job job = jobs.get();
      job.callbacks.add(new Killer(batches));
      assertThrows(Killed.class, job::run);
    }
    return jobs.get();
  }

  static void assertSame(History expected, History found) {
    assertEquals(expected.epochs(), found.epochs());
    assertEquals(expected.names(), found.names());
    expected.names().forEach(n -> assertEquals(expected.get(n), found.get(n), n));
  }

  static void assertSame(Job expected, Job found) {
    for (int i = 0; i < expected.model.parameters().size(); i++) {
      assertArrayEquals(
          expected.model.parameters().get(i).value().toArray(),
          found.model.parameters().get(i).value().toArray(),
          expected.model.parameters().get(i).name());
    }
  }
}
