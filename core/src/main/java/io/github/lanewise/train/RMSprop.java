package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;
import java.util.Map;

/**
 * RMSprop as {@code keras/src/optimizers/rmsprop.py} has it: {@code v = rho v + (1 - rho) g^2; w -=
 * lr g / sqrt(v + epsilon)}.
 */
public final class RMSprop extends BaseOptimizer<RMSprop> {

  private final double rho;
  private final double epsilon;
  private final Moments squares = new Moments();

  /** With Keras's rho 0.9 and epsilon 1e-7. */
  public RMSprop(double learningRate) {
    this(learningRate, 0.9, 1e-7);
  }

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public RMSprop(double learningRate, double rho, double epsilon) {
    super(learningRate);
    this.rho = rho;
    this.epsilon = epsilon;
  }

  @Override
  RMSprop self() {
    return this;
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  WeightUpdate rule(Compute compute, Parameter parameter, float learningRate) {
    float[] weights = parameter.value().data();
    return compute
        .kernels()
        .rmsprop(weights, squares.of(parameter), learningRate, (float) rho, (float) epsilon);
  }

  @Override
  Map<String, Moments> moments() {
    return Map.of("velocity", squares);
  }

  @Override
  ObjectConfig arguments() {
    return ObjectConfig.of(
        "RMSprop", "rho", rho, "momentum", 0.0, "epsilon", epsilon, "centered", false);
  }

  static RMSprop fromConfig(ObjectConfig config) {
    config.requireNone("momentum");
    config.requireNone("centered");
    return new RMSprop(
        config.real("learning_rate", 0.001), config.real("rho", 0.9), config.real("epsilon", 1e-7));
  }
}
