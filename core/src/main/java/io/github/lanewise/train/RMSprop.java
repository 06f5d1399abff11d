package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;

/**
 * RMSprop as {@code keras/src/optimizers/rmsprop.py} has it: {@code v = rho v + (1 - rho) g^2; w -=
 * lr g / sqrt(v + epsilon)}.
 */
public final class RMSprop implements Optimizer {

  private final float rho;
  private final float epsilon;
  private final Moments squares = new Moments();
  private float learningRate;

  /** With Keras's rho 0.9 and epsilon 1e-7. */
  public RMSprop(double learningRate) {
    this(learningRate, 0.9, 1e-7);
  }

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public RMSprop(double learningRate, double rho, double epsilon) {
    this.learningRate = (float) learningRate;
    this.rho = (float) rho;
    this.epsilon = (float) epsilon;
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public WeightUpdate update(Compute compute, Parameter parameter) {
    float[] weights = parameter.value().data();
    return compute.kernels().rmsprop(weights, squares.of(parameter), learningRate, rho, epsilon);
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
