package io.github.lanewise.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Initializers as Keras's configurations name them. */
final class StoredInitializer {

  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "glorot_uniform", "GlorotUniform",
          "he_normal", "HeNormal",
          "he_uniform", "HeUniform",
          "constant", "Constant",
          "zeros", "Zeros",
          "zero", "Zeros",
          "ones", "Ones",
          "one", "Ones");

  private StoredInitializer() {}

  /**
   * The initializer that an argument names. One that is not known fails when a weight is asked for
   * before a file's weights have replaced it, and not before.
   *
   * @return null for Keras's default
   */
  static @Nullable Initializer of(LayerConfig config, String argument) {
    Object given = config.values().get(argument);
    String name = given instanceof String s ? s : null;
    if (given instanceof Map<?, ?> map) {
      name = isGlorotUniform(map) ? "GlorotUniform" : String.valueOf(map.get("class_name"));
    }
    if (name == null) {
      return null;
    }
    String className = SHORT_NAMES.getOrDefault(name, name);
    long from = number(given, "seed").longValue();
    return switch (className) {
      case "GlorotUniform" -> from == 0 ? null : new GlorotUniform(from);
      case "HeNormal" -> new HeNormal(from);
      case "HeUniform" -> new HeUniform(from);
      case "Constant" -> new Constant(number(given, "value").doubleValue());
      case "Zeros" -> new Zeros();
      case "Ones" -> new Ones();
      default ->
          (shape, fanIn, fanOut) -> {
            throw config.unexpected(
                argument,
                "one of "
                    + List.of(
                        "GlorotUniform", "HeNormal", "HeUniform", "Constant", "Zeros", "Ones"),
                className);
          };
    };
  }

  /** A number of an initializer's configuration, 0 where there is none. */
  private static Number number(@Nullable Object given, String key) {
    return given instanceof Map<?, ?> map
            && map.get("config") instanceof Map<?, ?> inner
            && inner.get(key) instanceof Number number
        ? number
        : 0L;
  }

  /** Keras 2.0 to 2.2 wrote the distributions as what they are cases of. */
  private static boolean isGlorotUniform(Map<?, ?> map) {
    return "VarianceScaling".equals(map.get("class_name"))
        && map.get("config") instanceof Map<?, ?> inner
        && "fan_avg".equals(inner.get("mode"))
        && "uniform".equals(inner.get("distribution"));
  }

  /** An initializer as a configuration; Glorot's uniform distribution where none was given. */
  static Map<String, @Nullable Object> config(@Nullable Initializer initializer) {
    String name = "GlorotUniform";
    Long seed = null;
    if (initializer instanceof GlorotUniform glorot) {
      seed = glorot.seed();
    } else if (initializer instanceof HeNormal he) {
      name = "HeNormal";
      seed = he.seed();
    } else if (initializer instanceof HeUniform he) {
      name = "HeUniform";
      seed = he.seed();
    } else if (initializer instanceof Constant constant) {
      Map<String, @Nullable Object> value = LayerConfig.arguments("value", constant.value());
      return LayerConfig.arguments("class_name", "Constant", "config", value);
    } else if (initializer instanceof Zeros || initializer instanceof Ones) {
      name = initializer.getClass().getSimpleName();
      return LayerConfig.arguments("class_name", name, "config", Map.of());
    }
    return LayerConfig.arguments("class_name", name, "config", LayerConfig.arguments("seed", seed));
  }

  /** The configuration of zeros. */
  static Map<String, @Nullable Object> zeros() {
    return config(new Zeros());
  }

  /** The configuration of ones. */
  static Map<String, @Nullable Object> ones() {
    return config(new Ones());
  }
}
