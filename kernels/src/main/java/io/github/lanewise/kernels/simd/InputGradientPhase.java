package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;

/**
 * The input pixels of a strided convolution that lie {@code top} rows below, and {@code left}
 * columns right of, a multiple of the stride: every filter tap reaches the pixels of one such phase
 * only, so that the gradient of a phase is a convolution of the output's gradient, without stride,
 * by the phase's taps, turned by 180 degrees. No product is with a zero between pixels.
 */
final class InputGradientPhase {

  private static final int BLOCK = 16;
  private static final Kernels KERNELS = SimdKernels.open(-1);

  /**
   * One axis of a phase.
   *
   * @param first the first filter tap that reaches it
   * @param taps that reach it
   * @param pad zeros before the output's gradient
   * @param size input pixels
   */
  private record Axis(int first, int taps, int pad, int size) {

    static Axis of(int phase, int stride, int filter, int padding, int input, int dilation) {
      int first = (phase + padding) % stride;
      int taps = first < filter ? (filter - 1 - first) / stride + 1 : 0;
      int ahead = (phase + padding - first) / stride;
      int size = phase < input ? (input - 1 - phase) / stride + 1 : 0;
      return new Axis(first, taps, (taps - 1) * dilation - ahead, size);
    }
  }

  private final Conv2dGeometry g;
  private final int top;
  private final int left;
  private final Axis vertical;
  private final Axis horizontal;

  InputGradientPhase(Conv2dGeometry g, int top, int left) {
    this.g = g;
    this.top = top;
    this.left = left;
    this.vertical =
        Axis.of(
            top,
            g.strideHeight(),
            g.filterHeight(),
            g.padTop(),
            g.inputHeight(),
            g.dilationHeight());
    this.horizontal =
        Axis.of(
            left, g.strideWidth(), g.filterWidth(), g.padLeft(), g.inputWidth(), g.dilationWidth());
  }

  /** Whether no tap reaches it, or there is no such pixel. */
  boolean empty() {
    return vertical.taps * horizontal.taps * vertical.size * horizontal.size == 0;
  }

  /** Whether its convolution is one that the kernels can do. */
  boolean suits() {
    boolean strided = g.strideHeight() * g.strideWidth() > 1;
    return vertical.pad >= 0
        && horizontal.pad >= 0
        && !(strided && g.dilationHeight() * g.dilationWidth() > 1);
  }

  private Conv2dGeometry turned() {
    return new Conv2dGeometry(
        g.batch(),
        g.outputHeight(),
        g.outputWidth(),
        g.outputChannels(),
        g.outputChannels(),
        vertical.taps,
        horizontal.taps,
        1,
        1,
        g.dilationHeight(),
        g.dilationWidth(),
        vertical.pad,
        horizontal.pad,
        vertical.size,
        horizontal.size,
        g.inputChannels(),
        g.inputChannels(),
        g.groups());
  }

  /** Adds the gradient of the phase's pixels. */
  void add(
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    Conv2dGeometry turned = turned();
    float[] turnedFilter = turnedFilter(filter, filterOffset, loop);
    int row = horizontal.size * g.inputChannels();
    float[] gradient = Scratch.GRADIENT.floats(g.batch() * vertical.size * row);
    KERNELS.conv2d(
        turned,
        outputGradient,
        outputGradientOffset,
        turnedFilter,
        0,
        Conv2dAlgorithm.WINOGRAD,
        Epilogue.NONE,
        gradient,
        0,
        loop);
    loop.forRange(
        g.batch() * vertical.size,
        ParallelLoop.grain(row),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            addRow(i, gradient, i * row, inputGradient, inputGradientOffset);
          }
        });
  }

  private void addRow(int i, float[] from, int at, float[] to, int offset) {
    int y = i / vertical.size * g.inputHeight() + top + i % vertical.size * g.strideHeight();
    int start = offset + (y * g.inputWidth() + left) * g.inputChannels();
    int run = g.strideWidth() == 1 ? horizontal.size : 1;
    for (int x = 0; x < horizontal.size; x += run) {
      SimdElementwise.axpy(
          run * g.inputChannels(),
          1,
          from,
          at + x * g.inputChannels(),
          to,
          start + x * g.strideWidth() * g.inputChannels());
    }
  }

  /**
   * The phase's taps of [fh, fw, inputs of a group, outputs] as [taps, taps, outputs of a group,
   * inputs], turned; by blocks, for the cache.
   */
  private float[] turnedFilter(float[] filter, int offset, ParallelLoop loop) {
    int outputs = g.groupOutputChannels();
    int taps = vertical.taps * horizontal.taps;
    int inputs = g.groupInputChannels();
    int block = inputs % BLOCK == 0 || g.groups() == 1 ? BLOCK : 1;
    int inputBlocks = (g.inputChannels() + block - 1) / block;
    int stride = g.outputChannels();
    float[] turned = Scratch.FILTER.floats(taps * outputs * g.inputChannels());
    loop.forEach(
        taps * inputBlocks,
        task -> {
          int tap = task / inputBlocks;
          int fy = vertical.first + (vertical.taps - 1 - tap / horizontal.taps) * g.strideHeight();
          int fx =
              horizontal.first + (horizontal.taps - 1 - tap % horizontal.taps) * g.strideWidth();
          int fromTap = offset + (fy * g.filterWidth() + fx) * inputs * g.outputChannels();
          int first = task % inputBlocks * block;
          int count = Math.min(block, g.inputChannels() - first);
          int from = fromTap + first % inputs * g.outputChannels() + first / inputs * outputs;
          int to = tap * outputs * g.inputChannels() + first;
          Transposition.transpose(
              count,
              outputs,
              filter,
              from,
              stride,
              turned,
              to,
              g.inputChannels(),
              PanelProduct.ofThread().floats(Transposition.scratchSize()));
        });
    return turned;
  }
}
