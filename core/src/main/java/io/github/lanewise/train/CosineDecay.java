package io.github.lanewise.train;

/**
 * Falls along half a cosine, after a linear warm-up where one is asked for; by the formulas of
 * {@code CosineDecay} in {@code keras/src/optimizers/schedules/learning_rate_schedule.py}: {@code
 * lr(s) = from ((1 - alpha) (1 + cos(pi s / decay_steps)) / 2 + alpha)}, and {@code from alpha}
 * after {@code decay_steps}.
 */
public final class CosineDecay implements LearningRateSchedule {

  private final double initialLearningRate;
  private final int decaySteps;
  private final double alpha;
  private final double warmupTarget;
  private final int warmupSteps;

  /** Down to 0, without a warm-up. */
  public CosineDecay(double initialLearningRate, int decaySteps) {
    this(initialLearningRate, decaySteps, 0);
  }

  /**
   * Without a warm-up.
   *
   * @param initialLearningRate the rate of step 0
   * @param decaySteps steps until the least rate
   * @param alpha the least rate, as a part of the rate that the decay starts from; Keras's default
   *     is 0
   * @throws IllegalArgumentException if {@code decaySteps} is less than 1
   */
  public CosineDecay(double initialLearningRate, int decaySteps, double alpha) {
    this(initialLearningRate, decaySteps, alpha, initialLearningRate, 0);
  }

  /**
   * With a warm-up: in a straight line from the initial rate at step 0 to {@code warmupTarget} at
   * step {@code warmupSteps}, from where the decay starts.
   *
   * @param decaySteps steps from the end of the warm-up to the least rate
   * @param alpha the least rate, as a part of {@code warmupTarget}
   * @throws IllegalArgumentException if {@code decaySteps} is less than 1 or {@code warmupSteps}
   *     less than 0
   */
  public CosineDecay(
      double initialLearningRate,
      int decaySteps,
      double alpha,
      double warmupTarget,
      int warmupSteps) {
    if (decaySteps < 1) {
      throw new IllegalArgumentException("decay_steps: expected at least 1, found " + decaySteps);
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmup_steps: expected at least 0, found " + warmupSteps);
    }
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = decaySteps;
    this.alpha = alpha;
    this.warmupTarget = warmupTarget;
    this.warmupSteps = warmupSteps;
  }

  @Override
  public double rate(int step) {
    if (step < warmupSteps) {
      return initialLearningRate + (warmupTarget - initialLearningRate) * step / warmupSteps;
    }
    double done = Math.min(step - warmupSteps, decaySteps) / (double) decaySteps;
    double cosine = 0.5 * (1 + Math.cos(Math.PI * done));
    return warmupTarget * ((1 - alpha) * cosine + alpha);
  }

  @Override
  public ObjectConfig config() {
    boolean warms = warmupSteps > 0 || warmupTarget != initialLearningRate;
    return ObjectConfig.of(
        "CosineDecay",
        "initial_learning_rate",
        initialLearningRate,
        "decay_steps",
        decaySteps,
        "alpha",
        alpha,
        "name",
        "CosineDecay",
        "warmup_target",
        warms ? warmupTarget : null,
        "warmup_steps",
        warmupSteps);
  }

  static CosineDecay fromConfig(ObjectConfig config) {
    double initial = config.real("initial_learning_rate", 0);
    Double target = config.real("warmup_target");
    // Without a target Keras does not warm up, whatever the steps.
    return new CosineDecay(
        initial,
        config.integer("decay_steps", 0),
        config.real("alpha", 0),
        target == null ? initial : target,
        target == null ? 0 : config.integer("warmup_steps", 0));
  }
}
