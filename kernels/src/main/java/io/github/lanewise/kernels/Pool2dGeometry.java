package io.github.lanewise.kernels;

/**
 * Sizes of a two-dimensional pooling. The window of output pixel (oy, ox) starts at input pixel
 * {@code (oy * strideHeight - padTop, ox * strideWidth - padLeft)}; every window holds at least one
 * input pixel.
 *
 * @param inputPixelStride floats from one input pixel to the next, at least {@code channels}
 * @param outputPixelStride floats from one output pixel to the next, at least {@code channels}
 */
public record Pool2dGeometry(
    int batch,
    int inputHeight,
    int inputWidth,
    int channels,
    int inputPixelStride,
    int poolHeight,
    int poolWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int outputHeight,
    int outputWidth,
    int outputPixelStride) {

  /** First input row of the windows in an output row. */
  public int windowTop(int outputY) {
    return Math.max(0, outputY * strideHeight - padTop);
  }

  /** Input row after the last of the windows in an output row. */
  public int windowBottom(int outputY) {
    return Math.min(inputHeight, outputY * strideHeight - padTop + poolHeight);
  }

  /** First input column of the windows in an output column. */
  public int windowLeft(int outputX) {
    return Math.max(0, outputX * strideWidth - padLeft);
  }

  /** Input column after the last of the windows in an output column. */
  public int windowRight(int outputX) {
    return Math.min(inputWidth, outputX * strideWidth - padLeft + poolWidth);
  }

  /** Index of an input pixel of an image, from the tensor's first element. */
  public int inputIndex(int image, int y, int x) {
    return ((image * inputHeight + y) * inputWidth + x) * inputPixelStride;
  }

  /** Index of an output pixel of an image, from the tensor's first element. */
  public int outputIndex(int image, int y, int x) {
    return ((image * outputHeight + y) * outputWidth + x) * outputPixelStride;
  }

  /** Input values read for one row of outputs, clipping aside. */
  public int operationsPerOutputRow() {
    return outputWidth * channels * poolHeight * poolWidth;
  }

  /** The same pooling with other distances between pixels. */
  public Pool2dGeometry withPixelStrides(int input, int output) {
    return new Pool2dGeometry(
        batch,
        inputHeight,
        inputWidth,
        channels,
        input,
        poolHeight,
        poolWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft,
        outputHeight,
        outputWidth,
        output);
  }
}
