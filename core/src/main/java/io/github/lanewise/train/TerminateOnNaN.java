package io.github.lanewise.train;

import java.util.Map;

/** Stops training when the loss is not a finite number. */
public final class TerminateOnNaN implements Callback {

  /** A stop. */
  public TerminateOnNaN() {}

  @Override
  public void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {
    if (!Double.isFinite(logs.getOrDefault("loss", 0.0))) {
      model.stopTraining();
    }
  }
}
