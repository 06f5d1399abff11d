package io.github.lanewise.kernels;

/**
 * Sizes of a two-dimensional convolution. Input pixel (y, x) of output pixel (oy, ox) and filter
 * tap (fy, fx) is {@code y = oy * strideHeight + fy * dilationHeight - padTop}, and x likewise;
 * pixels outside the input count as zero.
 *
 * @param inputPixelStride floats from one input pixel to the next, at least {@code inputChannels}
 * @param outputPixelStride floats from one output pixel to the next, at least {@code
 *     outputChannels}; more where the output is a slice of a concatenation
 * @param padTop rows of zeros above; those below follow from the output's height
 * @param padLeft columns of zeros at the left; those at the right follow from the output's width
 * @param groups divides both channel counts; output channel o sees the input channels of its group
 */
public record Conv2dGeometry(
    int batch,
    int inputHeight,
    int inputWidth,
    int inputChannels,
    int inputPixelStride,
    int filterHeight,
    int filterWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int padTop,
    int padLeft,
    int outputHeight,
    int outputWidth,
    int outputChannels,
    int outputPixelStride,
    int groups) {

  /** Input channels that one output channel sees. */
  public int groupInputChannels() {
    return inputChannels / groups;
  }

  /** Output channels of one group. */
  public int groupOutputChannels() {
    return outputChannels / groups;
  }

  /** Rows of the input, padding included, that the convolution reaches. */
  public int reachedHeight() {
    return (outputHeight - 1) * strideHeight + (filterHeight - 1) * dilationHeight + 1;
  }

  /** Columns of the input, padding included, that the convolution reaches. */
  public int reachedWidth() {
    return (outputWidth - 1) * strideWidth + (filterWidth - 1) * dilationWidth + 1;
  }

  /** Whether some window reaches outside the input. */
  public boolean padded() {
    return padTop > 0
        || padLeft > 0
        || reachedHeight() > inputHeight
        || reachedWidth() > inputWidth;
  }

  /** Whether each output channel sees one input channel only. */
  public boolean depthwise() {
    return groups == inputChannels;
  }

  /** The same convolution for pixels packed without gaps on both sides. */
  public Conv2dGeometry dense() {
    return withPixelStrides(inputChannels, outputChannels);
  }

  /** The same convolution with other distances between pixels. */
  public Conv2dGeometry withPixelStrides(int input, int output) {
    return new Conv2dGeometry(
        batch,
        inputHeight,
        inputWidth,
        inputChannels,
        input,
        filterHeight,
        filterWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padTop,
        padLeft,
        outputHeight,
        outputWidth,
        outputChannels,
        output,
        groups);
  }

  /** Multiply-adds of the whole batch. */
  public long multiplyAdds() {
    return (long) batch
        * outputHeight
        * outputWidth
        * outputChannels
        * filterHeight
        * filterWidth
        * groupInputChannels();
  }
}
