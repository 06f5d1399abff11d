package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Copies into a concatenation of channels those parts that were not written there in the first
 * place.
 *
 * @param inPlace which parts are there already
 */
record ConcatStep(List<Boolean> inPlace) implements Step {

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    return () -> {
      int channel = 0;
      for (int i = 0; i < inputs.size(); i++) {
        Tensor part = inputs.get(i);
        int channels = part.shape().dim(-1);
        if (!inPlace.get(i)) {
          copyRows(part, output.channels(channel, channel + channels));
        }
        channel += channels;
      }
    };
  }

  private static void copyRows(Tensor from, Tensor to) {
    int channels = from.shape().dim(-1);
    int rows = from.size() / channels;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          from.data(),
          from.offset() + row * from.rowStride(),
          to.data(),
          to.offset() + row * to.rowStride(),
          channels);
    }
  }
}
