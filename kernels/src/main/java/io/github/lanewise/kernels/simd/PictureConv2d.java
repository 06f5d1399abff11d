package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.ParallelLoop;

/**
 * Convolution of pictures: of so few channels that sums are short, and what {@link SimdConv2d} does
 * for each tile besides summing takes as long as the sums. Here the windows of a tile's pixels
 * follow from the first one's, and the whole filter stays in the first-level cache. A task is some
 * rows of outputs; the last tile of a row computes some pixels again, which gives the same bits, as
 * every output sums in the order that {@link SimdConv2d} has as well.
 */
final class PictureConv2d {

  /** Output pixels of a task. */
  private static final int TASK = 256;

  private PictureConv2d() {}

  static Runnable bind(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      PictureFilter filter,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    Panels panels = filter.panels();
    Bordered image = Bordered.of(g, input, inputOffset, workspace, workspaceOffset, loop);
    if (g.strideWidth() * image.pixelStride() != PictureTile.STEP) {
      return SimdConv2d.bind(
          g,
          input,
          inputOffset,
          panels,
          epilogue,
          output,
          outputOffset,
          workspace,
          workspaceOffset,
          loop);
    }
    float[] bias = epilogue.bias();
    PictureTile tile =
        new PictureTile(
            image.data(),
            taps(g, image),
            filter.rows(),
            bias != null ? bias : new float[g.outputChannels()],
            epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY,
            output,
            g.outputPixelStride());
    int rows = g.batch() * g.outputHeight();
    int grain = Math.max(1, TASK / g.outputWidth());
    int stretches = ParallelLoop.stretches(rows, grain);
    ParallelLoop.Task task =
        ParallelLoop.ofStretches(
            rows,
            grain,
            (from, to) -> {
              for (int row = from; row < to; row++) {
                int top = row % g.outputHeight() * g.strideHeight() * image.rowStride();
                int start = image.offset() + row / g.outputHeight() * image.imageStride() + top;
                int at = outputOffset + row * g.outputWidth() * g.outputPixelStride();
                for (int panel = 0; panel < panels.count(); panel++) {
                  computeRow(tile, g.outputWidth(), panels, panel, start, at);
                }
              }
            });
    return () -> {
      image.copy().run();
      loop.forEach(stretches, task);
    };
  }

  private static int[] taps(Conv2dGeometry g, Bordered image) {
    int channels = g.inputChannels();
    int[] taps = new int[g.filterHeight() * g.filterWidth() * channels];
    for (int i = 0; i < taps.length; i++) {
      int x = i / channels % g.filterWidth();
      int y = i / channels / g.filterWidth();
      taps[i] =
          y * g.dilationHeight() * image.rowStride()
              + x * g.dilationWidth() * image.pixelStride()
              + i % channels;
    }
    return taps;
  }

  /** A row of outputs, of one panel's channels. */
  private static void computeRow(
      PictureTile tile, int width, Panels panels, int panel, int from, int to) {
    int vectors = panels.vectors(panel);
    int column = panels.firstColumn(panel);
    int weights = column * tile.taps.length;
    for (int x = 0; x < width; ) {
      int pixels = PictureTile.pixels(width - x, vectors);
      int first = Math.min(x, width - pixels);
      int at = to + first * tile.pitch + column;
      tile.run(vectors, pixels, from + first * PictureTile.STEP, weights, column, at);
      x = first + pixels;
    }
  }
}
