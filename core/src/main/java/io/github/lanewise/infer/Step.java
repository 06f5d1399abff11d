package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** One step of a plan: computes one value. Immutable and shared by all sessions. */
interface Step {

  /** What it computes, for people to read. */
  default String name() {
    return getClass().getSimpleName().replace("Step", "");
  }

  /** How it does, for people to read; empty where there is one way only. */
  default String algorithm() {
    return "";
  }

  /** Algorithm and, where it is not that of floats, precision of a filter. */
  static String algorithm(PackedFilter filter) {
    return filter.precision() == WeightPrecision.FLOAT32
        ? filter.algorithm()
        : filter.algorithm() + ", " + filter.precision().name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of weights that it reads. */
  default long weightBytes() {
    return 0;
  }

  /** Floats of workspace that the step needs for these tensors. */
  default int workspace(Compute compute, List<Tensor> inputs, Tensor output) {
    return 0;
  }

  /**
   * The step made ready for its tensors: each run computes the output from what the inputs hold
   * then. Steps run one after another and may share the workspace.
   */
  Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace);
}
