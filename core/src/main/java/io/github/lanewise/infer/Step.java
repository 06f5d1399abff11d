package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

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
