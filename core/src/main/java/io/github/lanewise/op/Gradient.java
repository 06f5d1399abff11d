package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Gradients that several ops share. */
final class Gradient {

  private Gradient() {}

  /** Adds {@code factor * from} to {@code to}, where the latter is wanted. */
  static void add(Compute compute, float factor, Tensor from, @Nullable Tensor to) {
    if (to != null) {
      compute
          .kernels()
          .axpy(
              from.size(),
              factor,
              from.data(),
              from.offset(),
              to.data(),
              to.offset(),
              compute.loop());
    }
  }

  /** Adds to a bias's gradient, where it is wanted, the sums over all but the last dimension. */
  static void bias(Compute compute, Tensor outputGradient, @Nullable Tensor bias) {
    if (bias != null) {
      int channels = bias.size();
      compute
          .kernels()
          .columnSums(
              outputGradient.size() / channels,
              channels,
              outputGradient.data(),
              outputGradient.offset(),
              bias.data(),
              bias.offset(),
              compute.loop());
    }
  }
}
