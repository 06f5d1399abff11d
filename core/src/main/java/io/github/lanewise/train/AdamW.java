package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017) as {@code
 * keras/src/optimizers/adamw.py} has it: {@code w -= lr weight_decay w}, then Adam's step. As in
 * Keras, all trainable weights decay, biases too.
 */
public final class AdamW extends BaseOptimizer<AdamW> {

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Moments means = new Moments();
  private final Moments squares = new Moments();

  /** With Keras's weight_decay 0.004, beta_1 0.9, beta_2 0.999 and epsilon 1e-7. */
  public AdamW(double learningRate) {
    this(learningRate, 0.004);
  }

  /** With Keras's beta_1 0.9, beta_2 0.999 and epsilon 1e-7. */
  public AdamW(double learningRate, double weightDecay) {
    this(learningRate, weightDecay, 0.9, 0.999, 1e-7);
  }

  /**
   * With all arguments; Keras's default learning rate is 1e-3.
   *
   * @throws IllegalArgumentException if {@code weightDecay} is less than 0
   */
  public AdamW(
      double learningRate, double weightDecay, double beta1, double beta2, double epsilon) {
    super(learningRate);
    weightDecay(weightDecay);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  @Override
  AdamW self() {
    return this;
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  WeightUpdate rule(Compute compute, Parameter parameter, float learningRate) {
    float[] weights = parameter.value().data();
    float[] m = means.of(parameter);
    float[] v = squares.of(parameter);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float stepSize = Adam.stepSize(learningRate, b1, b2, iteration());
    return compute.kernels().adam(weights, m, v, stepSize, b1, b2, (float) epsilon);
  }

  @Override
  Map<String, Moments> moments() {
    return Adam.inOrder(means, squares);
  }

  @Override
  ObjectConfig arguments() {
    return ObjectConfig.of(
        "AdamW", "beta_1", beta1, "beta_2", beta2, "epsilon", epsilon, "amsgrad", false);
  }

  static AdamW fromConfig(ObjectConfig config) {
    config.requireNone("amsgrad");
    return new AdamW(
        config.real("learning_rate", 0.001),
        config.real(WEIGHT_DECAY, 0.004),
        config.real("beta_1", 0.9),
        config.real("beta_2", 0.999),
        config.real("epsilon", 1e-7));
  }
}
