package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient with respect to the filter: for each tap, the transposed matrix of the input pixels
 * that it sees, [channels, pixels], times the output's gradient, [pixels, output channels]. A task
 * is a tap and a block of its channels; it sums over chunks of pixels in order.
 */
final class SimdConv2dFilterGradient {

  /** Of a chunk; not a power of two: strips then start at different places of the cache. */
  private static final int PIXELS = 132;

  private static final int L = Lanes.COUNT;
  private static final int CHANNELS = 64;
  private static final Kernels SCALAR = new ScalarKernels();

  private SimdConv2dFilterGradient() {}

  static void conv2dFilterGradient(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filterGradient,
      int filterGradientOffset,
      ParallelLoop loop) {
    if (SimdConv2d.isDepthwise(g)) {
      SCALAR.conv2dFilterGradient(
          g,
          input,
          inputOffset,
          outputGradient,
          outputGradientOffset,
          filterGradient,
          filterGradientOffset,
          loop);
      return;
    }
    int pixels = g.batch() * g.outputHeight() * g.outputWidth();
    Bordered image =
        Bordered.of(g, input, inputOffset, Scratch.WORKSPACE.floats(Bordered.size(g)), 0, loop);
    image.copy().run();
    float[] panels = Scratch.PANELS.floats(Math.multiplyExact(g.groups() * pixels, width(g)));
    loop.forRange(
        pixels,
        PIXELS,
        (from, to) -> pack(g, from, to, outputGradient, outputGradientOffset, panels));
    int blocks = (g.groupInputChannels() + CHANNELS - 1) / CHANNELS;
    int taps = g.filterHeight() * g.filterWidth();
    loop.forEach(
        g.groups() * taps * blocks,
        task -> {
          int group = task / (taps * blocks);
          int tap = task / blocks % taps;
          int first = task % blocks * CHANNELS;
          int channels = Math.min(CHANNELS, g.groupInputChannels() - first);
          int shift =
              tap / g.filterWidth() * g.dilationHeight() * image.rowStride()
                  + tap % g.filterWidth() * g.dilationWidth() * image.pixelStride()
                  + group * g.groupInputChannels()
                  + first;
          int row = tap * g.groupInputChannels() + first;
          int at =
              filterGradientOffset + row * g.outputChannels() + group * g.groupOutputChannels();
          addTap(g, image, shift, channels, panels, group, filterGradient, at);
        });
  }

  /** Output channels of a group, padded to whole tiles. */
  private static int width(Conv2dGeometry g) {
    return StripTile.roundUp(g.groupOutputChannels(), StripTile.COLUMNS);
  }

  /** Packs a chunk of the output's gradient: panels of it, group after group. */
  private static void pack(
      Conv2dGeometry g, int from, int to, float[] gradient, int offset, float[] panels) {
    int columns = g.groupOutputChannels();
    for (int group = 0; group < g.groups(); group++) {
      int at = offset + from * g.outputChannels() + group * columns;
      int start = (from * g.groups() + (to - from) * group) * width(g);
      StripTile.packPanels(to - from, columns, gradient, at, g.outputChannels(), panels, start);
    }
  }

  private static void addTap(
      Conv2dGeometry g,
      Bordered image,
      int shift,
      int channels,
      float[] panels,
      int group,
      float[] filterGradient,
      int at) {
    int width = width(g);
    int all = g.batch() * g.outputHeight() * g.outputWidth();
    float[] left = PanelProduct.ofThread().floats(CHANNELS * PIXELS);
    float[] sums = Scratch.SUMS.floats(StripTile.roundUp(channels, StripTile.ROWS) * width);
    int[] windows = new int[PIXELS];
    for (int from = 0; from < all; from += PIXELS) {
      int pixels = Math.min(PIXELS, all - from);
      image.windowStarts(g, from, from + pixels, windows);
      packLeft(image.data(), windows, shift, pixels, channels, left);
      int start = (from * g.groups() + pixels * group) * width;
      for (int column = 0; column < width; column += StripTile.COLUMNS) {
        int panel = start + column * pixels;
        StripTile.multiply(channels, pixels, left, 0, panels, panel, sums, column, width, from > 0);
      }
    }
    for (int c = 0; c < channels; c++) {
      int to = at + c * g.outputChannels();
      SimdElementwise.axpy(g.groupOutputChannels(), 1, sums, c * width, filterGradient, to);
    }
  }

  /** The channels of the pixels that a tap sees, as strips. */
  private static void packLeft(
      float[] image, int[] windows, int shift, int pixels, int channels, float[] left) {
    int whole = channels / L * L;
    for (int p = 0; p < pixels; p++) {
      int from = windows[p] + shift;
      for (int c = 0; c < whole; c += L) {
        FloatVector.fromArray(Lanes.SPECIES, image, from + c)
            .intoArray(left, StripTile.at(c, pixels) + p * StripTile.STRIP);
      }
      for (int c = whole; c < channels; c++) {
        left[StripTile.at(c, pixels) + p * StripTile.STRIP] = image[from + c];
      }
    }
  }
}
