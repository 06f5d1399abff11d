package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;

/** Adam (Kingma and Ba 2014) as {@code keras/src/optimizers/adam.py} has it. */
public final class Adam extends BaseOptimizer<Adam> {

  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final Moments means = new Moments();
  private final Moments squares = new Moments();

  /** With Keras's beta_1 0.9, beta_2 0.999 and epsilon 1e-7. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-7);
  }

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    super(learningRate);
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  Adam self() {
    return this;
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  WeightUpdate rule(Compute compute, Parameter parameter, float learningRate) {
    float stepSize = stepSize(learningRate, beta1, beta2, iteration());
    float[] weights = parameter.value().data();
    return compute
        .kernels()
        .adam(weights, means.of(parameter), squares.of(parameter), stepSize, beta1, beta2, epsilon);
  }

  /** The learning rate, corrected for moments that start from zeros; steps count from 1. */
  static float stepSize(float learningRate, float beta1, float beta2, int step) {
    double correction = Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
    return (float) (learningRate * correction);
  }
}
