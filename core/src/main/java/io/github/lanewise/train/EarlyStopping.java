package io.github.lanewise.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stops training when a figure has not become better for some epochs. */
public final class EarlyStopping implements Callback {

  private final Monitor monitor;
  private final int patience;
  private final boolean restoreBestWeights;
  private List<float[]> bestWeights = List.of();
  private int waited;

  /**
   * A stop.
   *
   * @param monitor the figure, as {@code val_loss}
   * @param minDelta by how much it must become better
   * @param patience epochs without improvement after which training stops
   * @param restoreBestWeights whether the weights of the best epoch come back at the end
   */
  public EarlyStopping(String monitor, double minDelta, int patience, boolean restoreBestWeights) {
    this.monitor = new Monitor(monitor, minDelta);
    this.patience = patience;
    this.restoreBestWeights = restoreBestWeights;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    monitor.reset();
    waited = 0;
    bestWeights = List.of();
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    if (monitor.improved(logs)) {
      waited = 0;
      if (restoreBestWeights) {
        bestWeights = new ArrayList<>();
        model.changingParameters().forEach(p -> bestWeights.add(p.value().toArray()));
      }
    } else if (++waited >= patience) {
      model.stopTraining();
    }
  }

  @Override
  public void onTrainEnd(CompiledModel model) {
    for (int i = 0; i < bestWeights.size(); i++) {
      model.changingParameters().get(i).assign(bestWeights.get(i));
    }
  }
}
