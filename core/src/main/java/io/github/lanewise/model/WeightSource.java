package io.github.lanewise.model;

/** Weights kept somewhere, for example in a Keras file. */
@FunctionalInterface
public interface WeightSource {

  /**
   * Overwrites the weights of the model's layers.
   *
   * @throws WeightException if weights are missing, left over or of another shape; then no weight
   *     of the model has changed
   */
  void load(Model model);
}
