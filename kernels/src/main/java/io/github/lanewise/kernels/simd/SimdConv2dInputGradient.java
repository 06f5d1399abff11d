package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient with respect to the input is itself a convolution of the output's gradient; with a
 * stride, one for each {@link InputGradientPhase}.
 */
final class SimdConv2dInputGradient {

  private static final Kernels SCALAR = new ScalarKernels();

  private SimdConv2dInputGradient() {}

  static void conv2dInputGradient(
      Conv2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    List<InputGradientPhase> phases = new ArrayList<>();
    for (int top = 0; top < g.strideHeight(); top++) {
      for (int left = 0; left < g.strideWidth(); left++) {
        InputGradientPhase phase = new InputGradientPhase(g, top, left);
        if (!phase.empty()) {
          phases.add(phase);
        }
      }
    }
    if (SimdConv2d.isDepthwise(g) || !phases.stream().allMatch(InputGradientPhase::suits)) {
      SCALAR.conv2dInputGradient(
          g,
          outputGradient,
          outputGradientOffset,
          filter,
          filterOffset,
          inputGradient,
          inputGradientOffset,
          loop);
      return;
    }
    for (InputGradientPhase phase : phases) {
      phase.add(
          outputGradient,
          outputGradientOffset,
          filter,
          filterOffset,
          inputGradient,
          inputGradientOffset,
          loop);
    }
  }
}
