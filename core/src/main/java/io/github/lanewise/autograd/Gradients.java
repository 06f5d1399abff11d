package io.github.lanewise.autograd;

import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gradients of a scalar, kept outside the tensors that they belong to and found by those tensors'
 * identity.
 */
public final class Gradients {

  private final Map<Tensor, Tensor> byTensor = new HashMap<>();

  private final Map<Tensor, Tensor> retired = new HashMap<>();

  /** No gradients yet; {@link Tape#gradients(Tensor, Gradients)} fills them in. */
  public Gradients() {}

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
    Tensor memory = retired.remove(of);
    if (memory == null) {
      return Tensor.zeros(of.shape());
    }
    Arrays.fill(memory.data(), 0);
    return memory;
  }

  /** Forgets all gradients, but keeps the memory of those of these tensors for the next ones. */
  void retire(Set<Tensor> kept) {
    byTensor.forEach(
        (tensor, gradient) -> {
          if (kept.contains(tensor)) {
            retired.put(tensor, gradient);
          }
        });
    byTensor.clear();
  }

  /** Forgets this gradient, but keeps its memory for the next one of the same tensor. */
  void retire(Tensor of) {
    Tensor gradient = byTensor.remove(of);
    if (gradient != null) {
      retired.put(of, gradient);
    }
  }

  void put(Tensor of, Tensor gradient) {
    byTensor.put(of, gradient);
  }

  void remove(Tensor of) {
    byTensor.remove(of);
  }
}
