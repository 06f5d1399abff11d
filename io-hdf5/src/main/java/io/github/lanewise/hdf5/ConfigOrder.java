package io.github.lanewise.hdf5;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a configuration lists layers, those of inner models in their places. It is the
 * order of Keras's {@code model.layers}, in which files number weights; once inner models are
 * dissolved, the graph no longer shows it.
 *
 * @param layers the names of layers as they are here: {@code inner/layer}
 * @param models whether an inner model is sequential, by what its layers' names start with: {@code
 *     inner/}
 */
record ConfigOrder(List<String> layers, Map<String, Boolean> models) {

  /** The order of a model's configuration. */
  static ConfigOrder of(Map<?, ?> model) {
    ConfigOrder order = new ConfigOrder(new ArrayList<>(), new LinkedHashMap<>());
    order.collect(model, "");
    return order;
  }

  private void collect(Map<?, ?> model, String scope) {
    for (Object element : elements(model.get("config"))) {
      if (element instanceof Map<?, ?> layer && name(layer) instanceof String name) {
        String className = String.valueOf(layer.get("class_name"));
        if (ModelConfigReader.isModel(className)) {
          models.put(scope + name + "/", className.equals("Sequential"));
          collect(layer, scope + name + "/");
        } else {
          layers.add(scope + name);
        }
      }
    }
  }

  private static List<?> elements(@Nullable Object config) {
    Object layers = config instanceof Map<?, ?> map ? map.get("layers") : config;
    return layers instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object name(Map<?, ?> layer) {
    Object name = layer.get("config") instanceof Map<?, ?> config ? config.get("name") : null;
    return name == null ? layer.get("name") : name;
  }
}
