package io.github.lanewise.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer's arguments by Keras's names, as {@code get_config} gives them: strings, booleans, longs,
 * doubles, lists, maps and nulls. Immutable.
 *
 * <p>The getters take Keras's default for an argument that is absent, and throw a {@link
 * ConfigException} for one of another kind; it names the layer, the argument, what was expected and
 * what was found.
 */
public final class LayerConfig {

  private final String className;
  private final Map<String, @Nullable Object> values;

  private LayerConfig(String className, Map<String, @Nullable Object> values) {
    this.className = className;
    this.values = values;
  }

  /**
   * A configuration.
   *
   * @param className Keras's name of the layer's class: {@code Conv2D}
   * @param values arguments in Keras's order; integers of any size count as longs, floats as
   *     doubles
   */
  public static LayerConfig of(String className, Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> normal = new LinkedHashMap<>();
    values.forEach((name, value) -> normal.put(name, normal(value)));
    return new LayerConfig(className, Collections.unmodifiableMap(normal));
  }

  /** Arguments as a map, from names and values in turn; an array of ints counts as a list. */
  static Map<String, @Nullable Object> arguments(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return arguments;
  }

  private static @Nullable Object normal(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return Double.valueOf(number.toString());
    }
    if (value instanceof int[] numbers) {
      List<Object> list = new ArrayList<>();
      for (int number : numbers) {
        list.add((long) number);
      }
      return Collections.unmodifiableList(list);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(normal(element)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, element) -> copy.put(String.valueOf(name), normal(element)));
      return Collections.unmodifiableMap(copy);
    }
    return value;
  }

  /** Keras's name of the layer's class. */
  public String className() {
    return className;
  }

  /** All arguments, in order. */
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /** Whether the argument is there and not null. */
  public boolean has(String argument) {
    return values.get(argument) != null;
  }

  /** A string. */
  public String string(String argument, String standard) {
    Object value = values.get(argument);
    return value == null ? standard : as(String.class, argument, "a string", value);
  }

  /** True or false. */
  public boolean bool(String argument, boolean standard) {
    Object value = values.get(argument);
    return value == null ? standard : as(Boolean.class, argument, "true or false", value);
  }

  /** A number. */
  public double real(String argument, double standard) {
    Object value = values.get(argument);
    return value == null ? standard : as(Number.class, argument, "a number", value).doubleValue();
  }

  /** A number, or a list of at least one, as an array. */
  public double[] reals(String argument, double standard) {
    if (!(values.get(argument) instanceof List<?> list)) {
      return new double[] {real(argument, standard)};
    }
    double[] reals = new double[list.size()];
    for (int i = 0; i < reals.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw unexpected(argument, "a number or a list of numbers", list);
      }
      reals[i] = number.doubleValue();
    }
    if (reals.length == 0) {
      throw unexpected(argument, "a number or a list of numbers", list);
    }
    return reals;
  }

  /** A whole number. */
  public int integer(String argument, int standard) {
    Object value = values.get(argument);
    return value == null ? standard : whole(argument, "a whole number", value);
  }

  /** A whole number that has no default. */
  public int integer(String argument) {
    Object value = values.get(argument);
    if (value == null) {
      throw unexpected(argument, "a whole number", null);
    }
    return whole(argument, "a whole number", value);
  }

  /** Whole numbers, {@code count} of them; a single one counts for all. */
  public int[] ints(String argument, int count, int standard) {
    Object value = values.get(argument);
    int[] ints = new int[count];
    String expected = count + " whole numbers";
    if (value instanceof List<?> list) {
      if (list.size() != count) {
        throw unexpected(argument, expected, value);
      }
      for (int i = 0; i < count; i++) {
        ints[i] = whole(argument, expected, list.get(i));
      }
    } else {
      int all = value == null ? standard : whole(argument, expected, value);
      Arrays.fill(ints, all);
    }
    return ints;
  }

  /** A list; empty where the argument is absent. */
  public List<?> list(String argument) {
    Object value = values.get(argument);
    return value == null ? List.of() : as(List.class, argument, "a list", value);
  }

  private int whole(String argument, String expected, @Nullable Object value) {
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    if (value instanceof Double number && number == number.intValue()) {
      return number.intValue();
    }
    throw unexpected(argument, expected, value);
  }

  private <T> T as(Class<T> type, String argument, String expected, Object value) {
    if (!type.isInstance(value)) {
      throw unexpected(argument, expected, value);
    }
    return type.cast(value);
  }

  /**
   * For arguments of which one value alone is supported.
   *
   * @throws ConfigException if the argument is there with another value
   */
  public void require(String argument, @Nullable Object only) {
    Object value = values.get(argument);
    if (value != null && !value.equals(normal(only))) {
      throw unexpected(argument, String.valueOf(only), value);
    }
  }

  /** The error that an argument is not as expected. */
  public ConfigException unexpected(String argument, String expected, @Nullable Object found) {
    return new ConfigException(
        "Layer '"
            + values.getOrDefault("name", className)
            + "' ("
            + className
            + "): "
            + argument
            + ": expected "
            + expected
            + ", found "
            + (found instanceof String ? "'" + found + "'" : String.valueOf(found)));
  }

  @Override
  public String toString() {
    return className + values;
  }
}
