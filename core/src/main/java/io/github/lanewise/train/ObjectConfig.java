package io.github.lanewise.train;

import io.github.lanewise.nn.ConfigException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Keras's {@code serialize} gives of an optimizer, a schedule, a loss or a metric: its class
 * and the arguments to make an equal one. Immutable.
 *
 * <p>The getters take a default for an argument that is absent or null, and throw a {@link
 * ConfigException} for one of another kind; it names the class, the argument, what was expected and
 * what was found.
 *
 * @param className Keras's name of the class: {@code RMSprop}
 * @param values arguments in Keras's order: strings, booleans, numbers, lists, maps and nulls
 */
public record ObjectConfig(String className, Map<String, @Nullable Object> values) {

  /** A configuration of these arguments, which are copied. */
  public ObjectConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Arguments from names and values in turn. */
  static ObjectConfig of(String className, @Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new ObjectConfig(className, values);
  }

  /**
   * Reads what {@link #serialized} wrote, or Keras.
   *
   * @throws ConfigException if it is no object with class_name and config
   */
  public static ObjectConfig read(@Nullable Object serialized) {
    if (serialized instanceof Map<?, ?> map
        && map.get("class_name") instanceof String className
        && map.get("config") instanceof Map<?, ?> config) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      config.forEach((name, value) -> values.put(String.valueOf(name), value));
      return new ObjectConfig(className, values);
    }
    throw new ConfigException("expected an object of class_name and config, found " + serialized);
  }

  /**
   * As Keras 3 writes it, and Keras 2.12 and newer read it.
   *
   * @param module where Keras has the class: {@code keras.optimizers}
   */
  public Map<String, @Nullable Object> serialized(String module) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("module", module);
    written.put("class_name", className);
    written.put("config", values);
    written.put("registered_name", null);
    return written;
  }

  /** A number. */
  public double real(String argument, double standard) {
    Double value = real(argument);
    return value == null ? standard : value;
  }

  /** A number; null where the argument is absent. */
  public @Nullable Double real(String argument) {
    Object value = values.get(argument);
    if (value != null && !(value instanceof Number)) {
      throw unexpected(argument, "a number", value);
    }
    return value == null ? null : ((Number) value).doubleValue();
  }

  /** A whole number. */
  public int integer(String argument, int standard) {
    double value = real(argument, standard);
    if (value != (int) value) {
      throw unexpected(argument, "a whole number", values.get(argument));
    }
    return (int) value;
  }

  /** True or false. */
  public boolean bool(String argument, boolean standard) {
    Object value = values.get(argument);
    if (value != null && !(value instanceof Boolean)) {
      throw unexpected(argument, "true or false", value);
    }
    return value == null ? standard : (Boolean) value;
  }

  /** Numbers; none where the argument is absent. */
  public double[] reals(String argument) {
    Object value = values.get(argument);
    if (value == null) {
      return new double[0];
    }
    if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }
    throw unexpected(argument, "a list of numbers", value);
  }

  /**
   * For arguments of which nothing but what leaves them without effect is supported.
   *
   * @throws ConfigException if the argument is there, and neither null, false nor 0
   */
  void requireNone(String argument) {
    Object value = values.get(argument);
    boolean none =
        value == null
            || value.equals(false)
            || (value instanceof Number number && number.doubleValue() == 0);
    if (!none) {
      throw unexpected(argument, "none, which alone is supported", value);
    }
  }

  /**
   * For arguments of which one value alone is supported.
   *
   * @throws ConfigException if the argument is there with another value, null apart
   */
  void requireOnly(String argument, @Nullable Object only) {
    Object value = values.get(argument);
    if (value != null && !value.equals(only)) {
      throw unexpected(argument, String.valueOf(only), value);
    }
  }

  /** The error that an argument is not as expected. */
  ConfigException unexpected(String argument, String expected, @Nullable Object found) {
    return new ConfigException(
        className + ": " + argument + ": expected " + expected + ", found " + found);
  }
}
