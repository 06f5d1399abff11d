package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam (Kingma and Ba 2014) as {@code keras/src/optimizers/adam.py} has it. */
public final class Adam extends BaseOptimizer<Adam> {

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Moments means = new Moments();
  private final Moments squares = new Moments();

  /** With Keras's beta_1 0.9, beta_2 0.999 and epsilon 1e-7. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-7);
  }

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    super(learningRate);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
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
    float[] m = means.of(parameter);
    float[] v = squares.of(parameter);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float stepSize = stepSize(learningRate, b1, b2, iteration());
    float[] weights = parameter.value().data();
    return compute.kernels().adam(weights, m, v, stepSize, b1, b2, (float) epsilon);
  }

  @Override
  Map<String, Moments> moments() {
    return inOrder(means, squares);
  }

  /** What Keras's Adam and AdamW remember, by its names in its order. */
  static Map<String, Moments> inOrder(Moments means, Moments squares) {
    Map<String, Moments> moments = new LinkedHashMap<>();
    moments.put("momentum", means);
    moments.put("velocity", squares);
    return moments;
  }

  @Override
  ObjectConfig arguments() {
    return ObjectConfig.of(
        "Adam", "beta_1", beta1, "beta_2", beta2, "epsilon", epsilon, "amsgrad", false);
  }

  static Adam fromConfig(ObjectConfig config) {
    config.requireNone("amsgrad");
    return new Adam(
        config.real("learning_rate", 0.001),
        config.real("beta_1", 0.9),
        config.real("beta_2", 0.999),
        config.real("epsilon", 1e-7));
  }

  /** The learning rate, corrected for moments that start from zeros; steps count from 1. */
  static float stepSize(float learningRate, float beta1, float beta2, int step) {
    double correction = Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
    return (float) (learningRate * correction);
  }
}
