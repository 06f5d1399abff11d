package io.github.lanewise.train;

import io.github.lanewise.nn.ConfigException;

/** A learning rate as a function of the step; see {@link BaseOptimizer#learningRate}. */
@FunctionalInterface
public interface LearningRateSchedule {

  /**
   * The rate of a step.
   *
   * @param step the number of batches learnt from before, from 0
   */
  double rate(int step);

  /**
   * Keras's class and arguments.
   *
   * @throws ConfigException if there is no such class, as for a function of one's own
   */
  default ObjectConfig config() {
    throw new ConfigException(
        "learning_rate: expected a schedule with a config, found a function of one's own");
  }

  /**
   * The schedule of a configuration.
   *
   * @throws ConfigException if the class is unknown, or an argument is not supported
   */
  static LearningRateSchedule fromConfig(ObjectConfig config) {
    try {
      return switch (config.className()) {
        case "CosineDecay" -> CosineDecay.fromConfig(config);
        case "ExponentialDecay" -> ExponentialDecay.fromConfig(config);
        case "PiecewiseConstantDecay" -> PiecewiseConstantDecay.fromConfig(config);
        default ->
            throw new ConfigException(
                "learning_rate: expected CosineDecay, ExponentialDecay or PiecewiseConstantDecay,"
                    + " found "
                    + config.className());
      };
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(config.className() + ": " + e.getMessage(), e);
    }
  }
}
