package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** One step of a plan: computes one value. Immutable and shared by all sessions. */
interface Step {

  /**
   * The step made ready for tensors of a certain batch; running it allocates nothing of its own.
   */
  Bound bind(Compute compute, List<Tensor> inputs, Tensor output);

  /** A step bound to its tensors. */
  interface Bound {

    /** Floats of workspace needed. */
    default int workspace() {
      return 0;
    }

    /** Computes the output from what the inputs hold now. */
    void run(float[] workspace);
  }
}
