package io.github.lanewise.train;

import java.util.Map;

/** Sets the learning rate before each epoch, and logs it as {@code learning_rate}. */
public final class LearningRateScheduler implements Callback {

  /** The rate as a function of the epoch, from 0, and of the rate so far. */
  @FunctionalInterface
  public interface Schedule {
    /** The rate of this epoch. */
    double rate(int epoch, double rate);
  }

  private final Schedule schedule;

  /** A scheduler by this function. */
  public LearningRateScheduler(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public void onEpochBegin(CompiledModel model, int epoch) {
    Optimizer optimizer = model.optimizer();
    optimizer.setLearningRate((float) schedule.rate(epoch, optimizer.learningRate()));
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    logs.put("learning_rate", (double) model.optimizer().learningRate());
  }
}
