package io.github.lanewise.train;

import java.util.Map;

/** Told what happens in training. All methods do nothing unless overridden. */
public interface Callback {

  /** Before anything is computed. */
  default void onTrainBegin(CompiledModel model) {}

  /**
   * After a batch of samples has gone through the frozen part of the model, before the first epoch:
   * first those of training, then those of validation. Not where nothing is frozen, nor where the
   * outputs of the frozen part are not kept.
   *
   * @param done samples so far
   * @param total all samples, unreadable ones included
   */
  default void onFeatures(CompiledModel model, int done, int total) {}

  /** Before an epoch, counted from 0. */
  default void onEpochBegin(CompiledModel model, int epoch) {}

  /**
   * After a step of training.
   *
   * @param batch counted from 0
   * @param batches the number in this epoch
   * @param logs the epoch's figures so far
   */
  default void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {}

  /** After an epoch, with its figures, those of the validation included. */
  default void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {}

  /** After the last epoch, also where training was stopped early. */
  default void onTrainEnd(CompiledModel model) {}

  /** What it remembers, for a {@link BackupAndRestore}; nothing by default. */
  default SavedState state() {
    return new SavedState();
  }

  /** Goes on from what {@link #state} gave, after {@link #onTrainBegin}. */
  default void setState(SavedState state) {}
}
