package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;
import java.util.Map;

/**
 * Stochastic gradient descent as {@code keras/src/optimizers/sgd.py} has it: {@code m = momentum m
 * - lr g; w += m}, with Nesterov {@code w += momentum m - lr g}.
 */
public final class SGD extends BaseOptimizer<SGD> {

  private final double momentum;
  private final boolean nesterov;
  private final Moments velocities = new Moments();

  /** Without momentum; Keras's default learning rate is 0.01. */
  public SGD(double learningRate) {
    this(learningRate, 0, false);
  }

  /** With momentum, by Nesterov's rule or not. */
  public SGD(double learningRate, double momentum, boolean nesterov) {
    super(learningRate);
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  @Override
  SGD self() {
    return this;
  }

  @Override
  public String name() {
    return "SGD";
  }

  @Override
  WeightUpdate rule(Compute compute, Parameter parameter, float learningRate) {
    float[] weights = parameter.value().data();
    return compute
        .kernels()
        .sgd(weights, velocities.of(parameter), learningRate, (float) momentum, nesterov);
  }

  @Override
  Map<String, Moments> moments() {
    return momentum == 0 ? Map.of() : Map.of("momentum", velocities);
  }

  @Override
  ObjectConfig arguments() {
    return ObjectConfig.of("SGD", "momentum", momentum, "nesterov", nesterov);
  }

  static SGD fromConfig(ObjectConfig config) {
    return new SGD(
        config.real("learning_rate", 0.01),
        config.real("momentum", 0),
        config.bool("nesterov", false));
  }
}
