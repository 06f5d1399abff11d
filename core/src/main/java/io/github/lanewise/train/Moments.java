package io.github.lanewise.train;

import io.github.lanewise.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an optimizer remembers of each weight, zeros at first. */
final class Moments {

  private final Map<Parameter, float[]> byParameter = new HashMap<>();

  float[] of(Parameter parameter) {
    return byParameter.computeIfAbsent(parameter, p -> new float[p.shape().size()]);
  }

  /** The weights of which something is remembered that is not zeros. */
  List<Parameter> parametersInUse() {
    List<Parameter> inUse = new ArrayList<>();
    byParameter.forEach(
        (parameter, values) -> {
          for (float value : values) {
            if (value != 0) {
              inUse.add(parameter);
              break;
            }
          }
        });
    return inUse;
  }
}
