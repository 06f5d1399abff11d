package io.github.lanewise.autograd;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Arrays of tensors that are no longer needed, by size, for later tensors: a step of training then
 * works in the memory of the step before. For one thread.
 */
public final class TensorPool {

  private final NavigableMap<Integer, Deque<float[]>> free = new TreeMap<>();

  /** An empty pool. */
  public TensorPool() {}

  /**
   * A dense tensor with anything in it. Its array may be up to twice as long: a smaller batch takes
   * the memory of a larger one.
   */
  Tensor take(Shape shape) {
    int size = shape.size();
    Map.Entry<Integer, Deque<float[]>> found = free.ceilingEntry(size);
    if (found == null || found.getKey() > 2L * size) {
      return Tensor.zeros(shape);
    }
    float[] array = found.getValue().pop();
    if (found.getValue().isEmpty()) {
      free.remove(found.getKey());
    }
    return Tensor.view(shape, array, 0);
  }

  /** The floats of all arrays that nobody uses now. */
  long freeFloats() {
    return free.entrySet().stream().mapToLong(e -> (long) e.getKey() * e.getValue().size()).sum();
  }

  /** Takes over the array of a tensor that nobody uses any more. */
  void release(Tensor tensor) {
    float[] array = tensor.data();
    free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
  }
}
