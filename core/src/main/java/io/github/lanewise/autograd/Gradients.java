package io.github.lanewise.autograd;

import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gradients of a scalar, kept outside the tensors that they belong to and found by those tensors'
 * identity.
 */
public final class Gradients {

  private final Map<Tensor, Tensor> byTensor = new HashMap<>();
  private final TensorPool memory;

  /** No gradients yet, and memory for them. */
  Gradients(TensorPool memory) {
    this.memory = memory;
  }

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
    return byTensor.computeIfAbsent(of, this::zeros);
  }

  private Tensor zeros(Tensor of) {
    Tensor gradient = memory.take(of.shape());
    Arrays.fill(gradient.data(), 0, gradient.size(), 0);
    return gradient;
  }

  void put(Tensor of, Tensor gradient) {
    byTensor.put(of, gradient);
  }

  /** Forgets this gradient. */
  void release(Tensor of) {
    Tensor gradient = byTensor.remove(of);
    if (gradient != null) {
      memory.release(gradient);
    }
  }
}
