package io.github.lanewise.train;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** Changes weights against their gradients. Holds state a weight; use one for one model. */
public interface Optimizer {

  /** Keras's name: {@code rmsprop}. */
  String name();

  /** Starts a step: the {@link #update}s asked for until the next are of this one. */
  default void beginStep() {}

  /**
   * What the step begun does with a parameter's gradient. Ask once a step, and only if the gradient
   * is then applied.
   */
  WeightUpdate update(Compute compute, Parameter parameter);

  /** Ends a step, after all its updates were applied. */
  default void endStep(Compute compute) {}

  /** One step: updates the weights that have a gradient. */
  default void step(Compute compute, List<Parameter> parameters, Gradients gradients) {
    beginStep();
    for (Parameter parameter : parameters) {
      if (gradients.contains(parameter.value())) {
        Tensor gradient = gradients.get(parameter.value());
        update(compute, parameter)
            .applyAll(gradient.size(), gradient.data(), gradient.offset(), compute.loop());
      }
    }
    endStep(compute);
  }

  /**
   * The optimizer that Keras's class and arguments say, as {@link BaseOptimizer#config} gives them.
   * Arguments of Keras 1 and 2 are understood.
   *
   * @throws ConfigException if the class is unknown, or an argument is not supported
   */
  static BaseOptimizer<?> fromConfig(ObjectConfig config) {
    return StoredOptimizer.of(config);
  }

  /** The size of steps. */
  float learningRate();

  /** Changes the size of the steps to come. */
  void setLearningRate(float learningRate);
}
