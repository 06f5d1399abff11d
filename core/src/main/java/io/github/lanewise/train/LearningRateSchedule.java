package io.github.lanewise.train;

/** A learning rate as a function of the step; see {@link BaseOptimizer#learningRate}. */
@FunctionalInterface
public interface LearningRateSchedule {

  /**
   * The rate of a step.
   *
   * @param step the number of batches learnt from before, from 0
   */
  double rate(int step);
}
