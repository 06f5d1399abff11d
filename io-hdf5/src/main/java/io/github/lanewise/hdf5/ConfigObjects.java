package io.github.lanewise.hdf5;

import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is read from the objects of a model's configuration, or is one clear error. */
final class ConfigObjects {

  private ConfigObjects() {}

  /** The name of a layer. */
  static String name(String scope, Map<?, ?> arguments) {
    if (!(arguments.get("name") instanceof String name) || name.isEmpty()) {
      throw new ConfigException("layer: expected a name, found " + arguments.get("name"));
    }
    return scope + name;
  }

  /** The shape of an input, batch first, by either of its names; null if there is none. */
  static @Nullable Object shape(Map<?, ?> arguments) {
    Object shape = arguments.get("batch_input_shape");
    return shape == null ? arguments.get("batch_shape") : shape;
  }

  /** An input of this shape. */
  static Node input(@Nullable Object shape, @Nullable String name) {
    if (!(shape instanceof List<?> list) || list.size() < 2) {
      throw new ConfigException("model: expected the shape of its input, found " + shape);
    }
    int[] sample = new int[list.size() - 1];
    for (int i = 0; i < sample.length; i++) {
      if (!(list.get(i + 1) instanceof Integer size) || size < 1) {
        throw new ConfigException(
            "Layer '"
                + (name == null ? "input" : name)
                + "': expected an input whose sizes are all known, found "
                + shape);
      }
      sample[i] = size;
    }
    return Input.named(name, sample);
  }

  /** A value that must be there. */
  static Object required(Map<?, ?> config, String key) {
    Object value = config.get(key);
    if (value == null) {
      throw new ConfigException("model: expected " + key + ", found none");
    }
    return value;
  }

  /** An object that must be there. */
  static Map<?, ?> object(Map<?, ?> of, String key, String what) {
    return asObject(of.get(key), "the " + key + " of a " + what);
  }

  /** A value that must be an object. */
  static Map<?, ?> asObject(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new ConfigException(what + ": expected an object, found " + value);
  }
}
