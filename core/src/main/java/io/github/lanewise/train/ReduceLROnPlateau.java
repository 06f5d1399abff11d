package io.github.lanewise.train;

import java.util.Map;

/**
 * Multiplies the learning rate by a factor each time a figure has not become better for some
 * epochs, and logs the rate as {@code learning_rate}. As {@code
 * keras/src/callbacks/reduce_lr_on_plateau.py}.
 */
public final class ReduceLROnPlateau implements Callback {

  private final Monitor monitor;
  private final double factor;
  private final int patience;
  private final int cooldown;
  private final double minLearningRate;
  private int waited;
  private int cooling;

  /**
   * With Keras's defaults: {@code min_delta} 1e-4, no cooldown, no lower bound.
   *
   * @param monitor the figure, as {@code val_loss}
   * @param factor from 0 inclusive to 1 exclusive; Keras's default is 0.1
   * @param patience epochs without improvement before a reduction; Keras's default is 10
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public ReduceLROnPlateau(String monitor, double factor, int patience) {
    this(monitor, factor, patience, Mode.AUTO, 1e-4, 0, 0);
  }

  /**
   * With all arguments.
   *
   * @param monitor the figure, as {@code val_loss}
   * @param factor from 0 inclusive to 1 exclusive
   * @param patience epochs without improvement before a reduction
   * @param mode which way the figure becomes better
   * @param minDelta by how much it must become better
   * @param cooldown epochs after a reduction in which none is counted
   * @param minLearningRate the rate does not go below this
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public ReduceLROnPlateau(
      String monitor,
      double factor,
      int patience,
      Mode mode,
      double minDelta,
      int cooldown,
      double minLearningRate) {
    if (!(factor >= 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "factor: expected at least 0 and below 1, found " + factor);
    }
    if (patience < 0 || cooldown < 0) {
      throw new IllegalArgumentException(
          "patience and cooldown: expected at least 0, found " + patience + " and " + cooldown);
    }
    this.monitor = new Monitor(monitor, minDelta, mode);
    this.factor = factor;
    this.patience = patience;
    this.cooldown = cooldown;
    this.minLearningRate = minLearningRate;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    monitor.reset();
    waited = 0;
    cooling = 0;
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    Optimizer optimizer = model.optimizer();
    logs.put("learning_rate", (double) optimizer.learningRate());
    if (cooling > 0) {
      cooling--;
      waited = 0;
    }
    if (monitor.improved(logs)) {
      waited = 0;
    } else if (cooling == 0) {
      waited++;
      if (waited >= patience && optimizer.learningRate() > (float) minLearningRate) {
        double reduced = Math.max(optimizer.learningRate() * factor, minLearningRate);
        optimizer.setLearningRate((float) reduced);
        cooling = cooldown;
        waited = 0;
      }
    }
  }

  @Override
  public SavedState state() {
    return new SavedState()
        .put("best", monitor.best())
        .put("waited", waited)
        .put("cooling", cooling);
  }

  @Override
  public void setState(SavedState state) {
    monitor.setBest(state.number("best"));
    waited = (int) state.number("waited");
    cooling = (int) state.number("cooling");
  }
}
