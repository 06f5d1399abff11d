package io.github.lanewise.train;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.autograd.TensorPool;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final TensorPool pool = new TensorPool();
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
    Set<String> names = new HashSet<>(Set.of("loss"));
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException("metrics: two figures of the name " + metric.name());
      }
    }
  }

  /**
   * Makes a model ready for training on all available processors.
   *
   * @throws IllegalStateException if it has several inputs or outputs
   * @throws IllegalArgumentException if two metrics have the same name
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

  /** The loss. */
  public Loss loss() {
    return loss;
  }

  /** The metrics. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** What training changes: the trainable weights, and moving averages of what is not frozen. */
  List<Parameter> changingParameters() {
    return model.layers().stream()
        .filter(Layer::trainable)
        .flatMap(l -> l.parameters().stream())
        .toList();
  }

  Compute compute() {
    return compute;
  }

  /** The memory of the tensors of a step, for those of the next. */
  TensorPool pool() {
    return pool;
  }

  boolean stopped() {
    return stopped;
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
   * @throws IllegalArgumentException if nothing can be trained, or there are no samples, or not
   *     enough for a {@code validation_split}, or class weights where targets are no classes, or
   *     the model lacks a layer that {@link FitOptions#recomputeBetween} names
   */
  public History fit(Dataset data, FitOptions options) {
    if (options.validationData() == null && options.validationSplit() > 0) {
      Split split = data.split(options.validationSplit());
      return fit(split.training(), split.validation(), options);
    }
    return fit(data, options.validationData(), options);
  }

  private History fit(Dataset data, @Nullable Dataset validation, FitOptions options) {
    if (model.trainableParameters().isEmpty()) {
      throw new IllegalArgumentException("fit: expected trainable weights, found none");
    }
    options.recomputeBetween().forEach(model::layer);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    requireFits(trunk, data);
    ClassWeights classWeight = options.classWeight();
    if (classWeight != null) {
      classWeight.requireFits(data.targetShape());
    }
    if (validation != null) {
      requireFits(trunk, validation);
    }
    stopped = false;
    options.callbacks().forEach(c -> c.onTrainBegin(this));
    long limit = options.cacheBytes();
    try (Samples training = kept(trunk, data, options, limit);
        @Nullable Samples validating =
            validation == null
                ? null
                : kept(trunk, validation, options, limit - training.bytesInMemory())) {
      History history = new Fit(this, training, validating, options).run();
      options.callbacks().forEach(c -> c.onTrainEnd(this));
      return history;
    }
  }

  private Samples kept(FrozenTrunk trunk, Dataset data, FitOptions options, long cacheBytes) {
    return Samples.kept(
        trunk,
        data,
        options.batchSize(),
        cacheBytes,
        compute,
        (done, total) -> options.callbacks().forEach(c -> c.onFeatures(this, done, total)));
  }

  /**
   * The figures of the model on a dataset, in inference mode: {@code loss}, then the metrics.
   *
   * @throws ShapeException if samples do not fit the input, or targets the output
   * @throws IllegalArgumentException if {@code batchSize} is less than 1, or there are no samples
   */
  public Map<String, Double> evaluate(Dataset data, int batchSize) {
    Batches.requireBatchSize(batchSize);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    requireFits(trunk, data);
    try (Samples samples = Samples.once(trunk, data, batchSize, compute)) {
      return evaluate(samples, batchSize);
    }
  }

  /**
   * Predictions for samples [n, ...], in batches, in inference mode.
   *
   * @throws ShapeException if samples do not fit the input
   * @throws IllegalArgumentException if {@code batchSize} is less than 1
   */
  public Tensor predict(Tensor x, int batchSize) {
    Batches.requireBatchSize(batchSize);
    return InferencePlan.compile(model).session(compute, batchSize).predict(x);
  }

  /**
   * Predictions for the samples of a dataset that can be read, in its order, in inference mode.
   *
   * @param data samples of the model's input, or what {@link FrozenTrunk#features} made of them
   * @throws ShapeException if samples do not fit the input
   * @throws IllegalArgumentException if {@code batchSize} is less than 1
   */
  public Tensor predict(Dataset data, int batchSize) {
    Batches.requireBatchSize(batchSize);
    FrozenTrunk trunk = FrozenTrunk.of(model);
    trunk.requireFits(data);
    Tensor all = Tensor.zeros(model.output().shape().withBatch(data.size()));
    int done = 0;
    try (Samples samples = Samples.once(trunk, data, batchSize, compute);
        Batches batches = samples.inOrder(batchSize)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        Tensor some = forward(new Tape(compute), samples.feeds(batch));
        float[] values = some.toArray();
        System.arraycopy(values, 0, all.data(), done * all.shape().sizeOfRow(), values.length);
        done += batch.size();
      }
    }
    return all.rows(0, done);
  }

  Map<String, Double> evaluate(Samples samples, int batchSize) {
    metrics.forEach(Metric::reset);
    Mean mean = new Mean();
    try (Batches batches = samples.inOrder(batchSize)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        Tape tape = new Tape(compute);
        Tensor prediction = forward(tape, samples.feeds(batch));
        Tensor value = loss.of(tape, prediction, batch.y(), batch.weights());
        mean.add(value.item(), batch.size());
        for (Metric metric : metrics) {
          metric.update(prediction, batch.y());
        }
      }
    }
    mean.requireSamples();
    return logs(mean);
  }

  private Tensor forward(Tape tape, Map<Node, Tensor> feeds) {
    return model.forward(tape, feeds, List.of(model.output()), false).get(0);
  }

  private void requireFits(FrozenTrunk trunk, Dataset data) {
    loss.requireFits(model.output().shape(), data.targetShape().prepend(Shape.UNKNOWN));
    trunk.requireFits(data);
    if (data.size() == 0) {
      throw new IllegalArgumentException("expected samples, found none");
    }
  }

  /** The figures so far. */
  Map<String, Double> logs(Mean meanLoss) {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", meanLoss.result());
    metrics.forEach(m -> logs.put(m.name(), m.result()));
    return logs;
  }
}
