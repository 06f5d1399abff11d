package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model's layers in Keras 3's layout ({@code keras/src/saving/saving_lib.py}): {@code
 * layers/<class>[_n]/vars/<i>}, an inner model's below {@code layers/<class>[_n]/layers}. The
 * layers of a class are numbered in the order in which their model lists them.
 */
final class Keras3Layers {

  private static final String LAYERS = "layers";
  private static final String FUNCTIONAL = "functional";
  private static final String SEQUENTIAL = "sequential";

  private final Map<String, Boolean> models;
  private final List<KerasLayer> found = new ArrayList<>();

  private Keras3Layers(Map<String, Boolean> models) {
    this.models = models;
  }

  /**
   * The layers of a model, without weights where the file has none.
   *
   * @param models whether an inner model is sequential, by its scope; empty where that is not known
   */
  static List<KerasLayer> in(Group root, Model model, Map<String, Boolean> models) {
    Keras3Layers layers = new Keras3Layers(models);
    layers.collect(Hdf5Reader.findGroup(root, LAYERS), "", model.layers());
    return layers.found;
  }

  private void collect(@Nullable Group group, String scope, List<Layer> layers) {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, List<Layer>> inner = new LinkedHashMap<>();
    models.keySet().stream()
        .filter(s -> s.startsWith(scope) && s.indexOf('/', scope.length()) == s.length() - 1)
        .filter(s -> s.length() > scope.length())
        .forEach(s -> inner.put(s, new ArrayList<>()));
    Map<String, Group> named = named(group);
    for (Layer layer : layers) {
      String rest = layer.name().substring(scope.length());
      int slash = rest.indexOf('/');
      if (slash > 0) {
        String below = scope + rest.substring(0, slash + 1);
        inner.computeIfAbsent(below, n -> new ArrayList<>()).add(layer);
      } else {
        String key = nextKey(layer, numbers);
        found.add(new KerasLayer(layer.name(), vars(ofLayer(group, rest, key, named))));
      }
    }
    inner.forEach(
        (below, of) -> {
          Group model = group == null ? null : ofModel(group, below, of, numbers);
          collect(model == null ? null : Hdf5Reader.findGroup(model, LAYERS), below, of);
        });
  }

  /** Newer files note the names of layers that have weights. */
  private static Map<String, Group> named(@Nullable Group group) {
    Map<String, Group> named = new HashMap<>();
    if (group != null) {
      for (String key : group.getChildren().keySet()) {
        Group layer = Hdf5Reader.findGroup(group, key);
        Group vars = layer == null ? null : Hdf5Reader.findGroup(layer, "vars");
        Attribute name = vars == null ? null : vars.getAttribute("name");
        if (layer != null && name != null && name.getData() instanceof String string) {
          named.put(string, layer);
        }
      }
    }
    return named;
  }

  private static @Nullable Group ofLayer(
      @Nullable Group group, String name, String key, Map<String, Group> named) {
    Group byName = named.get(name);
    if (byName != null || group == null) {
      return byName;
    }
    Group byClass = Hdf5Reader.findGroup(group, key);
    return byClass != null ? byClass : Hdf5Reader.findGroup(group, name);
  }

  private @Nullable Group ofModel(
      Group group, String scope, List<Layer> layers, Map<String, Integer> numbers) {
    Boolean known = models.get(scope);
    String functional = key(FUNCTIONAL, numbers.getOrDefault(FUNCTIONAL, 0));
    String sequential = key(SEQUENTIAL, numbers.getOrDefault(SEQUENTIAL, 0));
    boolean isSequential =
        known != null
            ? known
            : !holds(group, functional, layers) && holds(group, sequential, layers);
    numbers.merge(isSequential ? SEQUENTIAL : FUNCTIONAL, 1, Integer::sum);
    return Hdf5Reader.findGroup(group, isSequential ? sequential : functional);
  }

  /** Whether a group holds as many weights as the layers have. */
  private static boolean holds(Group group, String key, List<Layer> layers) {
    Group model = Hdf5Reader.findGroup(group, key);
    int expected = layers.stream().mapToInt(l -> l.parameters().size()).sum();
    return model != null && count(model) == expected;
  }

  private static int count(Group group) {
    int count = 0;
    for (String key : group.getChildren().keySet()) {
      Group below = Hdf5Reader.findGroup(group, key);
      count += below != null ? count(below) : 1;
    }
    return count;
  }

  /** The name of the next layer of this class. */
  static String nextKey(Layer layer, Map<String, Integer> numbers) {
    String prefix = layer.autoNamePrefix();
    String kind = prefix.equals("input") ? "input_layer" : prefix;
    return key(kind, numbers.merge(kind, 1, Integer::sum) - 1);
  }

  private static String key(String kind, int number) {
    return number == 0 ? kind : kind + "_" + number;
  }

  /** The weights {@code vars/<i>} of a group, by their numbers. */
  static List<KerasLayer.Weight> vars(@Nullable Group group) {
    Group vars = group == null ? null : Hdf5Reader.findGroup(group, "vars");
    if (vars == null) {
      return List.of();
    }
    Map<Integer, KerasLayer.Weight> sorted = new TreeMap<>();
    for (String name : vars.getChildren().keySet()) {
      Dataset dataset = Hdf5Reader.findDataset(vars, name);
      if (dataset != null && name.matches("\\d{1,6}")) {
        sorted.put(Integer.parseInt(name), new KerasLayer.Weight(name, dataset));
      }
    }
    return List.copyOf(sorted.values());
  }
}
