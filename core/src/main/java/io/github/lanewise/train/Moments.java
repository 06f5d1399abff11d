package io.github.lanewise.train;

import io.github.lanewise.nn.Parameter;
import java.util.HashMap;
import java.util.Map;

/** What an optimizer remembers of each weight, zeros at first. */
final class Moments {

  private final Map<Parameter, float[]> byParameter = new HashMap<>();

  float[] of(Parameter parameter) {
    return byParameter.computeIfAbsent(parameter, p -> new float[p.shape().size()]);
  }
}
