package io.github.lanewise.hdf5;

import io.github.lanewise.hdf5.KerasFile.StoredLayer;
import io.github.lanewise.hdf5.KerasFile.StoredWeight;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which stored weight belongs to which parameter, all values read and all differences found before
 * anything is assigned.
 */
final class WeightMatch {

  private static final String ROW = "  %-32s %-24s %-24s %s%n";

  private final Path file;
  private final Map<Parameter, float[]> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private WeightMatch(Path file) {
    this.file = file;
  }

  static WeightMatch byName(Path file, Model model) {
    return match(
        file,
        (match, layers) -> {
          Map<String, StoredLayer> byName = new LinkedHashMap<>();
          layers.forEach(l -> byName.put(l.name(), l));
          for (Layer layer : model.layers()) {
            StoredLayer stored = byName.get(layer.name());
            if (stored != null) {
              match.layer(layer, stored);
            } else if (!layer.parameters().isEmpty()) {
              match.problem(layer.name(), "", "the layer", "missing");
            }
          }
        });
  }

  static WeightMatch topological(Path file, Model model) {
    return match(
        file,
        (match, layers) -> {
          List<Layer> expected =
              model.layers().stream().filter(l -> !l.parameters().isEmpty()).toList();
          List<StoredLayer> found = layers.stream().filter(l -> !l.weights().isEmpty()).toList();
          for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            if (i >= found.size()) {
              match.problem(expected.get(i).name(), "", "the layer", "missing");
            } else if (i >= expected.size()) {
              match.problem(found.get(i).name(), "", "no layer", "extra");
            } else {
              match.layer(expected.get(i), found.get(i));
            }
          }
        });
  }

  private interface Matcher {
    void match(WeightMatch match, List<StoredLayer> layers);
  }

  private static WeightMatch match(Path file, Matcher matcher) {
    return KerasFile.read(
        file,
        (HdfFile hdf) -> {
          WeightMatch match = new WeightMatch(file);
          matcher.match(match, KerasFile.layers(hdf));
          match.throwIfProblems();
          return match;
        });
  }

  private void layer(Layer layer, StoredLayer stored) {
    List<Parameter> expected = layer.parameters();
    List<StoredWeight> found = stored.weights();
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      if (i >= found.size()) {
        problem(layer.name(), expected.get(i).name(), expected.get(i).shape(), "missing");
      } else if (i >= expected.size()) {
        problem(layer.name(), found.get(i).name(), "nothing", "extra");
      } else {
        weight(layer, expected.get(i), found.get(i));
      }
    }
  }

  private void weight(Layer layer, Parameter parameter, StoredWeight stored) {
    Shape found = Shape.of(stored.dimensions());
    if (!found.equals(parameter.shape())) {
      problem(layer.name(), parameter.name(), parameter.shape(), found);
      return;
    }
    try {
      values.put(parameter, stored.values());
    } catch (IllegalArgumentException e) {
      problem(layer.name(), parameter.name(), "floating point numbers", String.valueOf(e.getMessage()));
    }
  }

  private void problem(String layer, String weight, Object expected, Object found) {
    problems.add(String.format(ROW, layer, weight, expected, found).stripTrailing());
  }

  private void throwIfProblems() {
    if (!problems.isEmpty()) {
      String header = String.format(ROW, "layer", "weight", "expected", "found").stripTrailing();
      throw new WeightException(
          file + ": weights do not fit the model:\n" + header + "\n" + String.join("\n", problems));
    }
  }

  void assign() {
    values.forEach(Parameter::assign);
  }
}
