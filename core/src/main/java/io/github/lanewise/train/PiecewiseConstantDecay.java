package io.github.lanewise.train;

import java.util.Arrays;

/**
 * A rate for each stretch of steps, as {@code PiecewiseConstantDecay} in {@code
 * keras/src/optimizers/schedules/learning_rate_schedule.py}: {@code values[i]} up to and with step
 * {@code boundaries[i]}, and the last value after the last boundary.
 */
public final class PiecewiseConstantDecay implements LearningRateSchedule {

  private final int[] boundaries;
  private final double[] values;

  /**
   * A schedule of these rates.
   *
   * @param boundaries the last steps of all stretches but the last, increasing
   * @param values the rates of the stretches
   * @throws IllegalArgumentException if there is not one value more than there are boundaries, or
   *     the boundaries do not increase
   */
  public PiecewiseConstantDecay(int[] boundaries, double[] values) {
    if (values.length != boundaries.length + 1) {
      throw new IllegalArgumentException(
          "values: expected one more than the "
              + boundaries.length
              + " boundaries, found "
              + values.length);
    }
    for (int i = 1; i < boundaries.length; i++) {
      if (boundaries[i] <= boundaries[i - 1]) {
        throw new IllegalArgumentException(
            "boundaries: expected increasing steps, found "
                + boundaries[i]
                + " after "
                + boundaries[i - 1]);
      }
    }
    this.boundaries = boundaries.clone();
    this.values = values.clone();
  }

  @Override
  public double rate(int step) {
    int stretch = 0;
    while (stretch < boundaries.length && step > boundaries[stretch]) {
      stretch++;
    }
    return values[stretch];
  }

  @Override
  public ObjectConfig config() {
    return ObjectConfig.of(
        "PiecewiseConstantDecay",
        "boundaries",
        Arrays.stream(boundaries).boxed().toList(),
        "values",
        Arrays.stream(values).boxed().toList(),
        "name",
        "PiecewiseConstantDecay");
  }

  static PiecewiseConstantDecay fromConfig(ObjectConfig config) {
    int[] boundaries = Arrays.stream(config.reals("boundaries")).mapToInt(b -> (int) b).toArray();
    return new PiecewiseConstantDecay(boundaries, config.reals("values"));
  }
}
