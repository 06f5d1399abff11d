package io.github.lanewise.op;

import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.tensor.Shape;

/** The shape rule of pooling. */
final class Pooling {

  private Pooling() {}

  static Pool2dGeometry geometry(
      Op op,
      Shape x,
      int poolHeight,
      int poolWidth,
      int strideHeight,
      int strideWidth,
      Padding padding) {
    ShapeRules.rank(op, x, 4, "an input [n, h, w, c]");
    int outputHeight = padding.outputSize(x.dim(1), poolHeight, strideHeight);
    int outputWidth = padding.outputSize(x.dim(2), poolWidth, strideWidth);
    if (outputHeight < 1 || outputWidth < 1) {
      throw ShapeRules.windowTooLarge(op, poolHeight, poolWidth, x);
    }
    return new Pool2dGeometry(
        x.batchUnknown() ? 1 : x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        x.dim(3),
        poolHeight,
        poolWidth,
        strideHeight,
        strideWidth,
        padding.before(x.dim(1), poolHeight, strideHeight),
        padding.before(x.dim(2), poolWidth, strideWidth),
        outputHeight,
        outputWidth,
        x.dim(3));
  }
}
