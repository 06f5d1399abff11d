package io.github.lanewise.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows spelled out straight from the definition in {@link Pool2dGeometry}.
 *
 * @param g sizes
 * @param inputs from the first element of the input on
 */
record PoolOracle(Pool2dGeometry g, float[] inputs) {

  /** Receives an output's index and the indices of the inputs in its window, in order. */
  @FunctionalInterface
  interface Visitor {
    void visit(int output, List<Integer> window);
  }

  double input(int index) {
    return inputs[index];
  }

  void forEachOutput(Visitor visitor) {
    for (int n = 0; n < g.batch(); n++) {
      for (int oy = 0; oy < g.outputHeight(); oy++) {
        for (int ox = 0; ox < g.outputWidth(); ox++) {
          for (int c = 0; c < g.channels(); c++) {
            int pixel = (n * g.outputHeight() + oy) * g.outputWidth() + ox;
            visitor.visit(pixel * g.outputPixelStride() + c, window(n, oy, ox, c));
          }
        }
      }
    }
  }

  private List<Integer> window(int n, int oy, int ox, int c) {
    List<Integer> indices = new ArrayList<>();
    for (int fy = 0; fy < g.poolHeight(); fy++) {
      for (int fx = 0; fx < g.poolWidth(); fx++) {
        int y = oy * g.strideHeight() - g.padTop() + fy;
        int x = ox * g.strideWidth() - g.padLeft() + fx;
        if (y >= 0 && y < g.inputHeight() && x >= 0 && x < g.inputWidth()) {
          indices.add(((n * g.inputHeight() + y) * g.inputWidth() + x) * g.inputPixelStride() + c);
        }
      }
    }
    return indices;
  }
}
