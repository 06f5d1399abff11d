package io.github.lanewise.train;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.autograd.Tape;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model with one input and one output, ready for training: with an optimizer, a loss and metrics,
 * as after Keras's {@code compile}. What is frozen runs through an inference plan, once for each
 * dataset where that gives the same each time. For one thread.
 */
public final class CompiledModel {

  private final Model model;
  private final Optimizer optimizer;
  private final Loss loss;
  private final List<Metric> metrics;
  private final Compute compute;
  private final Gradients gradients = new Gradients();
  private boolean stopped;

  private CompiledModel(
      Model model, Optimizer optimizer, Loss loss, List<Metric> metrics, Compute compute) {
    model.input();
    model.output();
    this.model = model;
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = List.copyOf(metrics);
    this.compute = compute;
  }

  /**
   * Makes a model ready for training on all available processors.
   *
   * @throws IllegalStateException if it has several inputs or outputs
   */
  public static CompiledModel compile(
      Model model, Optimizer optimizer, Loss loss, Metric... metrics) {
    return new CompiledModel(model, optimizer, loss, List.of(metrics), Compute.standard());
  }

  /** The same on other threads. */
  public CompiledModel on(Compute other) {
    return new CompiledModel(model, optimizer, loss, metrics, other);
  }

  /** The model. */
  public Model model() {
    return model;
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** What training changes: the trainable weights, and moving averages of what is not frozen. */
  List<Parameter> changingParameters() {
    return model.layers().stream()
        .filter(Layer::trainable)
        .flatMap(l -> l.parameters().stream())
        .toList();
  }

  /** Ends training after the step, or epoch, under way; for callbacks. */
  public void stopTraining() {
    stopped = true;
  }

  /**
   * Trains.
   *
   * @param data samples of the model's input, or what {@link FrozenTrunk#features} made of them
   * @throws ShapeException if samples do not fit the input, or targets the output
   * @throws IllegalArgumentException if nothing can be trained, or there are no samples
   */
  public History fit(Dataset data, FitOptions options) {
    if (model.trainableParameters().isEmpty()) {
      throw new IllegalArgumentException("fit: expected trainable weights, found none");
    }
    Dataset validation = options.validationData();
    requireTargets(data);
    if (validation != null) {
      requireTargets(validation);
    }
    FrozenTrunk trunk = FrozenTrunk.of(model);
    try (Samples training = samples(trunk, data, options);
        Samples validating =
            validation == null ? training.share() : samples(trunk, validation, options)) {
      return new Fit(training, validation == null ? null : validating, options).run();
    }
  }

  private Samples samples(FrozenTrunk trunk, Dataset data, FitOptions options) {
    return Samples.of(trunk, model, data, options.batchSize(), options.cacheBytes(), compute);
  }

  /** The figures of the model on a dataset: {@code loss}, then the metrics. */
  public Map<String, Double> evaluate(Dataset data, int batchSize) {
    requireTargets(data);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    try (Samples samples = Samples.of(trunk, model, data, batchSize, 0, compute)) {
      return evaluate(samples, batchSize);
    }
  }

  /** Predictions for samples [n, ...], in batches, in inference mode. */
  public Tensor predict(Tensor x, int batchSize) {
    return InferencePlan.compile(model).session(compute, batchSize).predict(x);
  }

  private Map<String, Double> evaluate(Samples samples, int batchSize) {
    metrics.forEach(Metric::reset);
    double total = 0;
    long count = 0;
    try (Batches batches = samples.inOrder(batchSize)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        Tape tape = new Tape(compute);
        Tensor prediction = forward(tape, samples.feeds(batch), false);
        total += (double) loss.of(tape, prediction, batch.y()).item() * batch.size();
        count += batch.size();
        for (Metric metric : metrics) {
          metric.update(prediction, batch.y());
        }
      }
    }
    requireSamples(count);
    return logs(total / count);
  }

  private Tensor forward(Tape tape, Map<Node, Tensor> feeds, boolean training) {
    return model.forward(tape, feeds, List.of(model.output()), training).get(0);
  }

  private void requireTargets(Dataset data) {
    loss.requireFits(model.output().shape(), data.targetShape().prepend(Shape.UNKNOWN));
  }

  private static void requireSamples(long count) {
    if (count == 0) {
      throw new IllegalArgumentException("expected samples, found none that can be read");
    }
  }

  private Map<String, Double> logs(double meanLoss) {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", meanLoss);
    metrics.forEach(m -> logs.put(m.name(), m.result()));
    return logs;
  }

  /** One call of fit. */
  private final class Fit {
    private final Samples training;
    private final @Nullable Samples validation;
    private final FitOptions options;

    Fit(Samples training, @Nullable Samples validation, FitOptions options) {
      this.training = training;
      this.validation = validation;
      this.options = options;
    }

    History run() {
      History history = new History();
      stopped = false;
      List<Callback> callbacks = options.callbacks();
      callbacks.forEach(c -> c.onTrainBegin(CompiledModel.this));
      for (int e = 0; e < options.epochs() && !stopped; e++) {
        int epoch = e;
        callbacks.forEach(c -> c.onEpochBegin(CompiledModel.this, epoch));
        Map<String, Double> logs = trainEpoch(epoch);
        if (validation != null) {
          evaluate(validation, options.batchSize()).forEach((n, v) -> logs.put("val_" + n, v));
        }
        callbacks.forEach(c -> c.onEpochEnd(CompiledModel.this, epoch, logs));
        history.add(logs);
      }
      callbacks.forEach(c -> c.onTrainEnd(CompiledModel.this));
      return history;
    }

    private Map<String, Double> trainEpoch(int epoch) {
      metrics.forEach(Metric::reset);
      double total = 0;
      long count = 0;
      try (Batches batches = training.batches(options, epoch)) {
        int index = 0;
        for (Batch batch = batches.next(); batch != null && !stopped; batch = batches.next()) {
          total += step(batch) * batch.size();
          count += batch.size();
          Map<String, Double> soFar = logs(total / count);
          for (Callback callback : options.callbacks()) {
            callback.onBatchEnd(CompiledModel.this, index, batches.count(), soFar);
          }
          index++;
        }
      }
      requireSamples(count);
      return logs(total / count);
    }

    private double step(Batch batch) {
      Tape tape = new Tape(compute);
      Tensor prediction = forward(tape, training.feeds(batch), true);
      Tensor value = loss.of(tape, prediction, batch.y());
      optimizer.step(compute, model.trainableParameters(), tape.gradients(value, gradients));
      metrics.forEach(m -> m.update(prediction, batch.y()));
      return value.item();
    }
  }
}
