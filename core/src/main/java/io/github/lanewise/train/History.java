package io.github.lanewise.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The figures of each epoch of training, by name: {@code loss}, {@code val_accuracy}, ... */
public final class History {

  private final Map<String, List<Double>> byName = new LinkedHashMap<>();
  private int epochs;

  /** Nothing yet. */
  public History() {}

  void add(Map<String, Double> logs) {
    logs.forEach((name, value) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    epochs++;
  }

  SavedState state() {
    SavedState state = new SavedState().put("epochs", epochs);
    byName.forEach(
        (name, values) -> state.put("of/" + name, values.stream().mapToDouble(v -> v).toArray()));
    return state;
  }

  void setState(SavedState state) {
    byName.clear();
    epochs = (int) state.number("epochs");
    SavedState figures = state.scope("of");
    for (String name : figures.values().keySet()) {
      byName.put(name, new ArrayList<>(DoubleStream.of(figures.numbers(name)).boxed().toList()));
    }
  }

  /** The number of epochs that were run. */
  public int epochs() {
    return epochs;
  }

  /** The names of the figures. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * A figure, epoch by epoch.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public List<Double> get(String name) {
    List<Double> values = byName.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "History: no '" + name + "', there are " + byName.keySet());
    }
    return Collections.unmodifiableList(values);
  }

  /** The last epoch's figure. */
  public double last(String name) {
    List<Double> values = get(name);
    return values.get(values.size() - 1);
  }

  /**
   * The best of the figures, as {@link Mode#AUTO} sees it, leaving out those that are no number.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double best(String name) {
    DoubleStream values = get(name).stream().mapToDouble(v -> v).filter(v -> !Double.isNaN(v));
    return (Mode.AUTO.lowerIsBetter(name) ? values.min() : values.max()).orElse(Double.NaN);
  }

  /** The largest of the figures. */
  public double max(String name) {
    return Collections.max(get(name));
  }
}
