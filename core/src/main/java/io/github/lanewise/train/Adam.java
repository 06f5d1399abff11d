package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;

/** Adam (Kingma and Ba 2014) as {@code keras/src/optimizers/adam.py} has it. */
public final class Adam implements Optimizer {

  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final Moments means = new Moments();
  private final Moments squares = new Moments();
  private int steps;
  private float learningRate;

  /** With Keras's beta_1 0.9, beta_2 0.999 and epsilon 1e-7. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-7);
  }

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    this.learningRate = (float) learningRate;
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public void beginStep() {
    steps++;
  }

  @Override
  public WeightUpdate update(Compute compute, Parameter parameter) {
    double correction = Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
    float stepSize = (float) (learningRate * correction);
    float[] weights = parameter.value().data();
    return compute
        .kernels()
        .adam(weights, means.of(parameter), squares.of(parameter), stepSize, beta1, beta2, epsilon);
  }

  @Override
  public float learningRate() {
    return learningRate;
  }

  @Override
  public void setLearningRate(float learningRate) {
    this.learningRate = learningRate;
  }
}
