package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/**
 * An op that can compute the gradient of one of its inputs, a weight, piece by piece and have each
 * piece applied at once, while it is in the cache: for weights so many that the gradient would
 * better not be stored.
 */
public interface UpdatingOp extends Op {

  /** The input that {@link #update} changes. */
  int updatedInput();

  /**
   * Applies the update to the input {@link #updatedInput}, by the gradient that {@link #backward}
   * would give it, with the same bits. Nobody may need the weights of before any more.
   */
  void update(Compute compute, List<Tensor> inputs, Tensor outputGradient, WeightUpdate update);
}
