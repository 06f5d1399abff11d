package io.github.lanewise.nn;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors as configurations hold them: lists of lists of numbers. */
final class NestedLists {

  private static final int MOST_DIMENSIONS = 8;

  private NestedLists() {}

  /** A tensor as lists. */
  static Object of(Tensor tensor) {
    return of(tensor.shape().dims(), 0, tensor.toArray(), 0);
  }

  private static Object of(int[] dims, int axis, float[] values, int from) {
    if (axis == dims.length) {
      return values[from];
    }
    int size = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      size *= dims[i];
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < dims[axis]; i++) {
      list.add(of(dims, axis + 1, values, from + i * size));
    }
    return list;
  }

  /**
   * The tensor that an argument holds.
   *
   * @throws ConfigException if it is no list of numbers or of lists of one length
   */
  static Tensor tensor(LayerConfig config, String argument) {
    Object value = config.values().get(argument);
    List<Integer> dims = new ArrayList<>();
    for (Object v = value; v instanceof List<?> list && !list.isEmpty(); v = list.get(0)) {
      dims.add(list.size());
    }
    List<Float> values = new ArrayList<>();
    if (dims.size() > MOST_DIMENSIONS || !collect(value, dims, 0, values)) {
      throw config.unexpected(argument, "a number or lists of numbers of one length", value);
    }
    float[] data = new float[values.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = values.get(i);
    }
    return Tensor.of(Shape.of(dims.stream().mapToInt(d -> d).toArray()), data);
  }

  private static boolean collect(
      @Nullable Object value, List<Integer> dims, int axis, List<Float> values) {
    if (axis == dims.size()) {
      return value instanceof Number number && values.add(number.floatValue());
    }
    if (!(value instanceof List<?> list) || list.size() != dims.get(axis)) {
      return false;
    }
    for (Object element : list) {
      if (!collect(element, dims, axis + 1, values)) {
        return false;
      }
    }
    return true;
  }
}
