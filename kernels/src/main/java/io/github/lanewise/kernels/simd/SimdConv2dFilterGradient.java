package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.ScalarKernels;

/**
 * The gradient with respect to the filter: for each tap, the transposed matrix of the input pixels
 * that it sees, [channels, pixels], times the output's gradient, [pixels, output channels]. A task
 * is a tap and a block of its channels; it sums over chunks of pixels in order.
 */
final class SimdConv2dFilterGradient {

  private static final int PIXELS = 256;
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
    Bordered image = Bordered.of(g, input, inputOffset, new float[Bordered.size(g)], 0, loop);
    image.copy().run();
    Panels gradient =
        Panels.of(
            pixels,
            g.groupOutputChannels(),
            g.groups(),
            outputGradient,
            outputGradientOffset,
            g.outputChannels(),
            loop);
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
          addTap(g, image, shift, channels, gradient, group, filterGradient, at);
        });
  }

  private static void addTap(
      Conv2dGeometry g,
      Bordered image,
      int shift,
      int channels,
      Panels gradient,
      int group,
      float[] filterGradient,
      int at) {
    PanelProduct product = PanelProduct.ofThread();
    float[] transposed = product.floats(channels * PIXELS);
    int[] windows = new int[PIXELS];
    for (int from = 0; from < gradient.k; from += PIXELS) {
      int pixels = Math.min(PIXELS, gradient.k - from);
      image.windowStarts(g, from, from + pixels, windows);
      for (int p = 0; p < pixels; p++) {
        int window = windows[p] + shift;
        for (int c = 0; c < channels; c++) {
          transposed[c * PIXELS + p] = image.data()[window + c];
        }
      }
      for (int panel = 0; panel < gradient.count(); panel++) {
        int column = at + gradient.firstColumn(panel);
        product.begin(gradient, group, panel, channels, filterGradient, column, g.outputChannels());
        for (int c = 0; c < channels; c++) {
          product.rows()[c] = c * PIXELS;
        }
        product.startFromProduct();
        product.add(transposed, 0, from, pixels, Float.NEGATIVE_INFINITY);
        product.finish();
      }
    }
  }
}
