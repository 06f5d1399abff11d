package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A step that runs the op's own forward. */
record OpStep(Op op, List<Tensor> constants) implements Step {

  @Override
  public String name() {
    return op.name();
  }

  @Override
  public long weightBytes() {
    return constants.stream().mapToLong(t -> 4L * t.size()).sum();
  }

  @Override
  public Runnable bind(Compute compute, List<Tensor> inputs, Tensor output, float[] workspace) {
    List<Tensor> arguments = new ArrayList<>(inputs);
    arguments.addAll(constants);
    return () -> op.forward(compute, arguments, output);
  }
}
