package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What something remembers, to be kept in a file and given back: values by name. */
public final class SavedState {

  /** A {@code double[]}, a {@link Tensor} or a {@link String} each. */
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Nothing yet. */
  public SavedState() {}

  /** Puts numbers. */
  public SavedState put(String name, double... numbers) {
    values.put(name, numbers.clone());
    return this;
  }

  /** Puts a dense tensor, which is not copied. */
  public SavedState put(String name, Tensor tensor) {
    values.put(name, tensor);
    return this;
  }

  /** Puts a text. */
  public SavedState put(String name, String text) {
    values.put(name, text);
    return this;
  }

  /** Puts all values of another state, under names that start with the scope and a slash. */
  public SavedState put(String scope, SavedState other) {
    other.values.forEach((name, value) -> values.put(scope + "/" + name, value));
    return this;
  }

  /** The values of a scope, by the names that they had in it. */
  public SavedState scope(String scope) {
    SavedState inner = new SavedState();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(scope + "/")) {
            inner.values.put(name.substring(scope.length() + 1), value);
          }
        });
    return inner;
  }

  /** All values by name. */
  Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Whether there is such a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * Numbers.
   *
   * @throws IllegalArgumentException if there are none of this name
   */
  public double[] numbers(String name) {
    return as(double[].class, "numbers", name).clone();
  }

  /**
   * A single number.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double number(String name) {
    double[] numbers = numbers(name);
    if (numbers.length != 1) {
      throw new IllegalArgumentException(
          "'" + name + "': expected one number, found " + numbers.length);
    }
    return numbers[0];
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public String text(String name) {
    return as(String.class, "a text", name);
  }

  /**
   * A tensor, whose memory is that of the state.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Tensor tensor(String name) {
    return as(Tensor.class, "a tensor", name);
  }

  /**
   * A tensor of this shape.
   *
   * @throws IllegalArgumentException if there is none of this name and shape
   */
  Tensor tensor(String name, Shape shape) {
    Tensor tensor = tensor(name);
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "'" + name + "': expected " + shape + ", found " + tensor.shape());
    }
    return tensor;
  }

  private <T> T as(Class<T> type, String expected, String name) {
    @Nullable Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "': expected "
              + expected
              + ", found "
              + (value == null ? "nothing" : value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }
}
