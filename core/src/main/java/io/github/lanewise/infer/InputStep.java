package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies some samples of what a session is given to where the plan's steps read them: into the
 * cache, just before they are needed.
 *
 * @param given the tensors of the call, dense
 * @param input which of them
 * @param first the first sample to be copied
 */
record InputStep(@Nullable Tensor[] given, int input, int first) implements Step {

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    int from = first * output.shape().sizeOfRow();
    int size = output.size();
    return () -> {
      Tensor x = Objects.requireNonNull(given[input]);
      System.arraycopy(x.data(), x.offset() + from, output.data(), output.offset(), size);
    };
  }
}
