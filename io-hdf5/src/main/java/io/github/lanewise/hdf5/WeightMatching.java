package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.jhdf.api.Dataset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dataset goes into which parameter, and what does not fit. Within a layer weights are
 * matched by their order, as Keras does; names only serve the report.
 */
final class WeightMatching {

  private final Map<Parameter, Dataset> matches = new LinkedHashMap<>();
  private final WeightTable misfits = new WeightTable();

  private WeightMatching() {}

  /**
   * Matches layers of the same name. Every layer of the model that has weights must be in the file.
   *
   * @param strict whether layers with weights that the model lacks are misfits
   */
  static WeightMatching byName(Model model, List<KerasLayer> file, boolean strict) {
    WeightMatching matching = new WeightMatching();
    Map<String, KerasLayer> byName = new HashMap<>();
    file.forEach(layer -> byName.put(layer.name(), layer));
    Set<String> names = new HashSet<>();
    for (Layer layer : model.layers()) {
      names.add(layer.name());
      matching.match(layer, byName.get(layer.name()));
    }
    if (strict) {
      file.stream()
          .filter(layer -> !names.contains(layer.name()))
          .forEach(layer -> matching.match(null, layer));
    }
    return matching;
  }

  /** Matches the layers that have weights, in order. */
  static WeightMatching topological(Model model, List<KerasLayer> file) {
    WeightMatching matching = new WeightMatching();
    List<Layer> ours = withWeights(model);
    List<KerasLayer> theirs = withWeights(file);
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      matching.match(
          i < ours.size() ? ours.get(i) : null, i < theirs.size() ? theirs.get(i) : null);
    }
    return matching;
  }

  /** The layers of a model that have weights. */
  static List<Layer> withWeights(Model model) {
    return model.layers().stream().filter(l -> !l.parameters().isEmpty()).toList();
  }

  /** The layers of a file that have weights. */
  static List<KerasLayer> withWeights(List<KerasLayer> file) {
    return file.stream().filter(l -> !l.weights().isEmpty()).toList();
  }

  private void match(@Nullable Layer layer, @Nullable KerasLayer inFile) {
    List<Parameter> parameters = layer == null ? List.of() : layer.parameters();
    List<KerasLayer.Weight> weights = inFile == null ? List.of() : inFile.weights();
    String ours = layer == null ? null : layer.name();
    String theirs = inFile == null ? null : inFile.name();
    if (parameters.size() == weights.size()) {
      for (int i = 0; i < parameters.size(); i++) {
        match(ours, theirs, parameters.get(i), weights.get(i));
      }
    } else {
      reportByNames(ours, theirs, parameters, weights);
    }
  }

  private void match(
      @Nullable String ours,
      @Nullable String theirs,
      Parameter parameter,
      KerasLayer.Weight weight) {
    Dataset dataset = weight.dataset();
    String unfit = dataset == null ? "no dataset " + weight.name() : FloatData.unfit(dataset);
    if (unfit == null
        && !FloatData.shape(Objects.requireNonNull(dataset)).equals(parameter.shape())) {
      unfit = FloatData.shape(dataset).toString();
    }
    if (unfit != null) {
      misfits.add(ours, theirs, parameter.name(), parameter.shape().toString(), unfit);
    } else {
      matches.put(parameter, Objects.requireNonNull(dataset));
    }
  }

  /** Rows for a layer whose number of weights differs, at least one. */
  private void reportByNames(
      @Nullable String ours,
      @Nullable String theirs,
      List<Parameter> parameters,
      List<KerasLayer.Weight> weights) {
    Map<String, KerasLayer.Weight> left = new LinkedHashMap<>();
    weights.forEach(w -> left.put(w.parameterName(), w));
    boolean ambiguous = left.size() < weights.size();
    for (Parameter parameter : parameters) {
      KerasLayer.Weight weight = left.remove(parameter.name());
      if (weight == null) {
        misfits.add(ours, theirs, parameter.name(), parameter.shape().toString(), null);
      } else {
        match(ours, theirs, parameter, weight);
      }
    }
    left.forEach((name, weight) -> misfits.add(ours, theirs, name, null, describe(weight)));
    if (ambiguous) {
      misfits.add(ours, theirs, "all", parameters.size() + " weights", weights.size() + " weights");
    }
  }

  private static String describe(KerasLayer.Weight weight) {
    Dataset dataset = weight.dataset();
    if (dataset == null) {
      return "no dataset " + weight.name();
    }
    String unfit = FloatData.unfit(dataset);
    return unfit == null ? FloatData.shape(dataset).toString() : unfit;
  }

  /** What goes where. */
  Map<Parameter, Dataset> matches() {
    return matches;
  }

  /** What does not fit. */
  WeightTable misfits() {
    return misfits;
  }
}
