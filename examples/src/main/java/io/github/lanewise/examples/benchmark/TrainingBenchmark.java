package io.github.lanewise.examples.benchmark;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.Callback;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains on drawn samples and tells how long a step takes. */
public final class TrainingBenchmark {

  /** Steps an epoch: the samples are the same in each. */
  private static final int STEPS = 4;

  private static final int LEAST_STEPS = 3;

  private final TrainingTask task;
  private final int size;
  private final boolean recompute;

  /**
   * A benchmark of a task.
   *
   * @param size height and width of the pictures in pixels
   * @param recompute whether blocks are computed again on the way back, rather than kept
   */
  public TrainingBenchmark(TrainingTask task, int size, boolean recompute) {
    this.task = task;
    this.size = size;
    this.recompute = recompute;
  }

  /**
   * What was measured.
   *
   * @param medianMillis of the second half of the steps, as the minimum
   * @param peakMegabytes the process's peak resident memory so far, or -1
   * @param firstMillis the first step
   */
  public record Result(
      int batch,
      int threads,
      int steps,
      double medianMillis,
      double minimumMillis,
      double imagesPerSecond,
      long peakMegabytes,
      double firstMillis) {}

  /** Trains a new network for some seconds, at least three steps. */
  public Result run(int batch, int threads, double seconds) {
    Model model = task.model(size);
    List<String> between = recompute ? task.blockEnds() : List.of();
    StepClock clock = new StepClock((long) (seconds * 1e9));
    CompiledModel.compile(model, new RMSprop(task.learningRate()), Loss.BINARY_CROSSENTROPY)
        .on(Compute.threads(threads))
        .fit(
            samples(model.input().shape(), STEPS * batch),
            new FitOptions()
                .epochs(Integer.MAX_VALUE)
                .batchSize(batch)
                .shuffle(false)
                .recomputeBetween(between.toArray(String[]::new))
                .callbacks(clock));
    double[] warm = Arrays.copyOfRange(clock.millis, clock.steps / 2, clock.steps);
    Arrays.sort(warm);
    double median = warm[warm.length / 2];
    return new Result(
        batch,
        threads,
        clock.steps,
        median,
        warm[0],
        1e3 * batch / median,
        ProcessFacts.peakMegabytes(),
        clock.millis[0]);
  }

  private static ArrayDataset samples(Shape shape, int count) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(shape.withBatch(count));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) (2 * random.nextDouble() - 1);
    }
    Tensor y = Tensor.zeros(count, 1);
    for (int i = 0; i < count; i++) {
      y.data()[i] = i % 2;
    }
    return new ArrayDataset(x, y);
  }

  /** Times the steps, and ends training when the time is over. */
  private static final class StepClock implements Callback {
    private final long nanos;
    private double[] millis = new double[1024];
    private int steps;
    private long begin;
    private long stepBegin;

    StepClock(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public void onEpochBegin(CompiledModel model, int epoch) {
      stepBegin = System.nanoTime();
      if (epoch == 0) {
        begin = stepBegin;
      }
    }

    @Override
    public void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {
      long now = System.nanoTime();
      if (steps == millis.length) {
        millis = Arrays.copyOf(millis, 2 * steps);
      }
      millis[steps++] = (now - stepBegin) / 1e6;
      if (steps >= LEAST_STEPS && now - begin >= nanos) {
        model.stopTraining();
      }
      stepBegin = System.nanoTime();
    }
  }
}
