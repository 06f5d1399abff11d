package io.github.lanewise.train;

import java.util.Map;

/** Told what happens in training. All methods do nothing unless overridden. */
public interface Callback {

  /** Before the first epoch. */
  default void onTrainBegin(CompiledModel model) {}

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
}
