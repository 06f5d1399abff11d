package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stops training when a figure has not become better for some epochs, as {@code
 * keras/src/callbacks/early_stopping.py} does: never after the first epoch.
 */
public final class EarlyStopping implements Callback {

  private final Monitor monitor;
  private final int patience;
  private final boolean restoreBestWeights;
  private int startFromEpoch;
  private double baseline = Double.NaN;
  private List<float[]> bestWeights = List.of();
  private int waited;

  /**
   * A stop.
   *
   * @param monitor the figure, as {@code val_loss}
   * @param minDelta by how much it must become better
   * @param patience epochs without improvement after which training stops
   * @param restoreBestWeights whether the weights of the best epoch come back at the end
   * @throws IllegalArgumentException if {@code patience} is less than 0
   */
  public EarlyStopping(String monitor, double minDelta, int patience, boolean restoreBestWeights) {
    this(monitor, minDelta, patience, Mode.AUTO, restoreBestWeights);
  }

  /** The same of a figure whose name does not say which way it becomes better. */
  public EarlyStopping(
      String monitor, double minDelta, int patience, Mode mode, boolean restoreBestWeights) {
    if (patience < 0) {
      throw new IllegalArgumentException("patience: expected at least 0, found " + patience);
    }
    this.monitor = new Monitor(monitor, minDelta, mode);
    this.patience = patience;
    this.restoreBestWeights = restoreBestWeights;
  }

  /**
   * Before this epoch, counted from 0, the figure is not looked at, nor are weights kept; default
   * 0.
   *
   * @throws IllegalArgumentException if less than 0
   */
  public EarlyStopping startFromEpoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("start_from_epoch: expected at least 0, found " + epoch);
    }
    this.startFromEpoch = epoch;
    return this;
  }

  /**
   * What the figure must be better than, too, for the waiting to begin anew; default none. The best
   * weights are kept whether it is or not.
   *
   * @throws IllegalArgumentException if it is not a number
   */
  public EarlyStopping baseline(double baseline) {
    if (Double.isNaN(baseline)) {
      throw new IllegalArgumentException("baseline: expected a number, found " + baseline);
    }
    this.baseline = baseline;
    return this;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    monitor.reset();
    waited = 0;
    bestWeights = List.of();
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    if (epoch < startFromEpoch) {
      return;
    }
    boolean improved = monitor.improved(logs);
    if (restoreBestWeights && (improved || bestWeights.isEmpty())) {
      bestWeights = new ArrayList<>();
      model.changingParameters().forEach(p -> bestWeights.add(p.value().toArray()));
    }
    boolean enough = Double.isNaN(baseline) || monitor.better(logs, baseline);
    waited = improved && enough ? 0 : waited + 1;
    if (!improved && waited >= patience && epoch > 0) {
      model.stopTraining();
    }
  }

  @Override
  public void onTrainEnd(CompiledModel model) {
    for (int i = 0; i < bestWeights.size(); i++) {
      model.changingParameters().get(i).assign(bestWeights.get(i));
    }
  }

  @Override
  public SavedState state() {
    SavedState state = new SavedState().put("best", monitor.best()).put("waited", waited);
    for (int i = 0; i < bestWeights.size(); i++) {
      float[] weights = bestWeights.get(i);
      state.put("weights/" + i, Tensor.of(Shape.of(weights.length), weights));
    }
    return state;
  }

  @Override
  public void setState(SavedState state) {
    monitor.setBest(state.number("best"));
    waited = (int) state.number("waited");
    bestWeights = new ArrayList<>();
    for (int i = 0; state.has("weights/" + i); i++) {
      bestWeights.add(state.tensor("weights/" + i).toArray());
    }
  }
}
