package io.github.lanewise.train;

import io.github.lanewise.autograd.Gradients;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Parameter;
import java.util.List;

/** Changes weights against their gradients. Holds state a weight; use one for one model. */
public interface Optimizer {

  /** Keras's name: {@code rmsprop}. */
  String name();

  /** Updates the weights that have a gradient. */
  void step(Compute compute, List<Parameter> parameters, Gradients gradients);

  /** The size of steps. */
  float learningRate();

  /** Changes the size of the steps to come. */
  void setLearningRate(float learningRate);
}
