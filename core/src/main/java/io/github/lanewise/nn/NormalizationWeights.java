package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What normalizing layers learn. */
final class NormalizationWeights {

  private NormalizationWeights() {}

  /** Gamma, ones, where there is a scale; then beta, zeros, where there is a center. */
  static List<Parameter> gammaAndBeta(Shape shape, boolean scale, boolean center) {
    List<Parameter> parameters = new ArrayList<>();
    if (scale) {
      parameters.add(new Parameter("gamma", Tensor.full(shape, 1), true));
    }
    if (center) {
      parameters.add(new Parameter("beta", Tensor.zeros(shape), true));
    }
    return parameters;
  }
}
