package io.github.lanewise.train;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Parameter;
import java.util.List;

/**
 * Stochastic gradient descent as {@code keras/src/optimizers/sgd.py} has it: {@code m = momentum m
 * - lr g; w += m}, with Nesterov {@code w += momentum m - lr g}.
 */
public final class SGD implements Optimizer {

  private final float momentum;
  private final boolean nesterov;
  private final Moments velocities = new Moments();
  private float learningRate;

  /** Without momentum; Keras's default learning rate is 0.01. */
  public SGD(double learningRate) {
    this(learningRate, 0, false);
  }

  /** With momentum, by Nesterov's rule or not. */
  public SGD(double learningRate, double momentum, boolean nesterov) {
    this.learningRate = (float) learningRate;
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
  }

  @Override
  public String name() {
    return "SGD";
  }

  @Override
  public void step(Compute compute, List<Parameter> parameters, Gradients gradients) {
    for (Parameter parameter : parameters) {
      if (gradients.contains(parameter.value())) {
        float[] weights = parameter.value().data();
        float[] gradient = gradients.get(parameter.value()).data();
        compute
            .kernels()
            .sgd(
                weights.length,
                weights,
                gradient,
                velocities.of(parameter),
                learningRate,
                momentum,
                nesterov,
                compute.loop());
      }
    }
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
