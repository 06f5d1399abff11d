package io.github.lanewise.train;

/**
 * {@code lr(s) = initial_learning_rate decay_rate^(s / decay_steps)}, as {@code ExponentialDecay}
 * in {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class ExponentialDecay implements LearningRateSchedule {

  private final double initialLearningRate;
  private final int decaySteps;
  private final double decayRate;
  private final boolean staircase;

  /** Falling at every step. */
  public ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate) {
    this(initialLearningRate, decaySteps, decayRate, false);
  }

  /**
   * With all arguments.
   *
   * @param initialLearningRate the rate of step 0
   * @param decaySteps steps until the rate is {@code decayRate} times what it was
   * @param staircase whether it falls at every {@code decaySteps} steps only; Keras's default is
   *     false
   * @throws IllegalArgumentException if {@code decaySteps} is less than 1
   */
  public ExponentialDecay(
      double initialLearningRate, int decaySteps, double decayRate, boolean staircase) {
    if (decaySteps < 1) {
      throw new IllegalArgumentException("decay_steps: expected at least 1, found " + decaySteps);
    }
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = decaySteps;
    this.decayRate = decayRate;
    this.staircase = staircase;
  }

  @Override
  public double rate(int step) {
    double times = (double) step / decaySteps;
    return initialLearningRate * Math.pow(decayRate, staircase ? Math.floor(times) : times);
  }

  @Override
  public ObjectConfig config() {
    return ObjectConfig.of(
        "ExponentialDecay",
        "initial_learning_rate",
        initialLearningRate,
        "decay_steps",
        decaySteps,
        "decay_rate",
        decayRate,
        "staircase",
        staircase,
        "name",
        "ExponentialDecay");
  }

  static ExponentialDecay fromConfig(ObjectConfig config) {
    return new ExponentialDecay(
        config.real("initial_learning_rate", 0),
        config.integer("decay_steps", 0),
        config.real("decay_rate", 0),
        config.bool("staircase", false));
  }
}
