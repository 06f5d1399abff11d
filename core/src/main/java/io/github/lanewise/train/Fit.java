package io.github.lanewise.train;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.profile.TrainingStepEvent;
import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of fit: the epochs, and in each the steps. */
final class Fit {

  private final CompiledModel compiled;

  /** The model's, with helpers that stay from loop to loop of a step. */
  private final Compute compute;

  private final Samples training;
  private final @Nullable Samples validation;
  private final FitOptions options;
  private final List<Callback> callbacks;
  private final @Nullable BackupAndRestore backup;
  private final Set<Node> segmentEnds = new HashSet<>();
  private final History history = new History();
  private Mean mean = new Mean();
  private int epoch;

  /** How many samples of the epoch went through, in their order, and in how many batches. */
  private int position;

  private int batch;

  Fit(CompiledModel compiled, Samples training, @Nullable Samples validation, FitOptions options) {
    this.compiled = compiled;
    this.compute = compiled.compute().forOneCaller();
    this.training = training;
    this.validation = validation;
    this.options = options;
    this.callbacks = options.callbacks();
    options
        .recomputeBetween()
        .forEach(layer -> segmentEnds.addAll(compiled.model().layer(layer).nodes()));
    this.backup = BackupAndRestore.among(callbacks);
  }

  History run() {
    SavedState saved =
        backup == null ? null : backup.begin(FitIdentity.of(compiled, training, options));
    if (saved != null) {
      epoch = (int) saved.number("epoch");
      position = (int) saved.number("position");
      if (position > 0) {
        callbacks.forEach(c -> c.onEpochBegin(compiled, epoch));
      }
      // After onEpochBegin, which may have set the learning rate a second time.
      setState(saved);
    }
    while (position > 0 || (epoch < options.epochs() && !compiled.stopped())) {
      if (saved != null) {
        training.skipTo(epoch);
      }
      if (position == 0) {
        callbacks.forEach(c -> c.onEpochBegin(compiled, epoch));
        compiled.metrics().forEach(Metric::reset);
        mean = new Mean();
        batch = 0;
      }
      Map<String, Double> logs = trainEpoch();
      if (validation != null) {
        compiled
            .evaluate(validation, options.batchSize())
            .forEach((n, v) -> logs.put("val_" + n, v));
      }
      callbacks.forEach(c -> c.onEpochEnd(compiled, epoch, logs));
      history.add(logs);
      epoch++;
      position = 0;
      if (backup != null) {
        boolean last = epoch == options.epochs() || compiled.stopped();
        backup.epochEnded(last, this::state);
      }
    }
    return history;
  }

  private Map<String, Double> trainEpoch() {
    try (Batches batches = training.ofEpoch(options, epoch, position)) {
      boolean ended = position > 0 && compiled.stopped();
      for (Batch next = ended ? null : batches.next();
          next != null;
          next = compiled.stopped() ? null : batches.next()) {
        Batch of = next;
        compute.loop().region(() -> mean.add(step(of), of.size()));
        position = batches.position();
        Map<String, Double> soFar = compiled.logs(mean);
        for (Callback callback : callbacks) {
          callback.onBatchEnd(compiled, batch, batches.count(), soFar);
        }
        batch++;
        if (backup != null) {
          backup.batchEnded(this::state);
        }
      }
    }
    mean.requireSamples();
    return compiled.logs(mean);
  }

  private double step(Batch of) {
    TrainingStepEvent event = Profile.trainingStep();
    Tape tape = new Tape(compute, compiled.pool());
    Model model = compiled.model();
    Tensor prediction =
        model.forward(tape, training.feeds(of), List.of(model.output()), true, segmentEnds).get(0);
    ClassWeights byClass = options.classWeight();
    Tensor sampleWeights = byClass == null ? of.weights() : byClass.of(of.y(), of.weights());
    Tensor value = compiled.loss().of(tape, prediction, of.y(), sampleWeights);
    compiled.metrics().forEach(m -> m.update(prediction, of.y()));
    double item = value.item();
    Optimizer optimizer = compiled.optimizer();
    optimizer.beginStep();
    Map<Tensor, Parameter> parameters = new HashMap<>();
    model.trainableParameters().forEach(p -> parameters.put(p.value(), p));
    tape.update(
        value,
        weights -> {
          Parameter parameter = parameters.get(weights);
          return parameter == null ? null : optimizer.update(compute, parameter);
        });
    optimizer.endStep(compute);
    if (event != null) {
      event.record(epoch, batch, of.size(), item);
    }
    return item;
  }

  /** All that the steps to come depend on, and the history so far. */
  private SavedState state() {
    SavedState state =
        new SavedState()
            .put("epoch", epoch)
            .put("position", position)
            .put("batch", batch)
            .put("stopped", compiled.stopped() ? 1 : 0)
            .put("history", history.state())
            .put("model", ModelState.of(compiled));
    if (position > 0) {
      state.put("mean", mean.state());
      compiled.metrics().forEach(m -> state.put("metrics/" + m.name(), m.state()));
    }
    for (int i = 0; i < callbacks.size(); i++) {
      state.put("callbacks/" + i, callbacks.get(i).state());
    }
    return state;
  }

  private void setState(SavedState state) {
    batch = (int) state.number("batch");
    history.setState(state.scope("history"));
    ModelState.restore(compiled, state.scope("model"));
    if (position > 0) {
      mean.setState(state.numbers("mean"));
      compiled.metrics().forEach(m -> m.setState(state.numbers("metrics/" + m.name())));
    }
    for (int i = 0; i < callbacks.size(); i++) {
      callbacks.get(i).setState(state.scope("callbacks/" + i));
    }
    if (state.number("stopped") == 1) {
      compiled.stopTraining();
    }
  }
}
