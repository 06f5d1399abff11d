package io.github.lanewise.model;

import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights kept somewhere, for example in a Keras file. */
@FunctionalInterface
public interface WeightSource {

  /**
   * Checks that there is a weight of the right shape for every parameter of a model, and lets them
   * be read one by one. Neither creates nor changes the model's own.
   *
   * @return to be closed by the caller
   * @throws WeightException if weights are missing, left over or of another shape: one that
   *     tabulates them all
   */
  WeightReader open(Model model);

  /**
   * Overwrites the weights of the model's layers. All or nothing: every weight is checked and read
   * before the first one is assigned.
   *
   * @throws WeightException if weights are missing, left over, of another shape or can not be read;
   *     then no weight of the model has changed
   */
  default void load(Model model) {
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    try (WeightReader weights = open(model)) {
      for (Parameter parameter : model.parameters()) {
        values.put(parameter, weights.read(parameter));
      }
    }
    values.forEach(Parameter::adopt);
  }
}
