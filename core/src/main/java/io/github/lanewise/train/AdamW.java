package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.Parameter;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017) as {@code
 * keras/src/optimizers/adamw.py} has it: {@code w -= lr weight_decay w}, then Adam's step. As in
 * Keras, all trainable weights decay, biases too.
 */
public final class AdamW extends BaseOptimizer<AdamW> {

  private final float weightDecay;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
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

  /** With all arguments; Keras's default learning rate is 1e-3. */
  public AdamW(
      double learningRate, double weightDecay, double beta1, double beta2, double epsilon) {
    super(learningRate);
    this.weightDecay = (float) weightDecay;
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
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
    float stepSize = Adam.stepSize(learningRate, beta1, beta2, iteration());
    WeightUpdate adam =
        compute
            .kernels()
            .adam(
                weights,
                means.of(parameter),
                squares.of(parameter),
                stepSize,
                beta1,
                beta2,
                epsilon);
    return (from, to, gradient, offset) -> {
      for (int i = from; i < to; i++) {
        weights[i] -= weights[i] * weightDecay * learningRate;
      }
      adam.apply(from, to, gradient, offset);
    };
  }
}
