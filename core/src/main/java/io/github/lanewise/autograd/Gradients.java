package io.github.lanewise.autograd;

import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Gradients of a scalar, kept outside the tensors that they belong to and found by those tensors'
 * identity.
 */
public final class Gradients {

  private final Map<Tensor, Tensor> byTensor = new HashMap<>();

  Gradients() {}

  /** Whether the scalar depends on this tensor, and its gradient was asked for. */
  public boolean contains(Tensor of) {
    return byTensor.containsKey(of);
  }

  /**
   * The gradient with respect to this tensor, of its shape.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(Tensor of) {
    Tensor gradient = byTensor.get(of);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "Gradients: none for " + of + "; it was not watched, or nothing depends on it");
    }
    return gradient;
  }

  /** The gradient with respect to this tensor, zeros at first. */
  Tensor accumulator(Tensor of) {
    return byTensor.computeIfAbsent(of, t -> Tensor.zeros(t.shape()));
  }

  void put(Tensor of, Tensor gradient) {
    byTensor.put(of, gradient);
  }

  void remove(Tensor of) {
    byTensor.remove(of);
  }
}
