package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.function.IntFunction;

/**
 * A filter packed for {@link PictureConv2d}.
 *
 * @param panels of {@link PictureTile#MAX_VECTORS} vectors at most
 * @param rows the same weights as {@link PictureTile} reads them: each panel [taps, its columns]
 */
record PictureFilter(Panels panels, float[] rows) implements PackedFilter {

  /**
   * Whether the windows of neighbouring outputs are {@link PictureTile#STEP} floats apart, as in
   * RGB pictures with stride 2, where most networks begin; output channels fill their vectors; and
   * a row has room for a tile.
   */
  static boolean suits(Conv2dGeometry g) {
    return g.groups() == 1
        && g.strideWidth() * g.inputChannels() == PictureTile.STEP
        && g.outputChannels() % Lanes.COUNT == 0
        && g.outputWidth() >= PictureTile.MAX_PIXELS;
  }

  static PictureFilter of(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      IntFunction<float[]> memory,
      ParallelLoop loop) {
    int taps = g.filterHeight() * g.filterWidth() * g.inputChannels();
    int columns = g.outputChannels();
    Panels panels =
        Panels.of(
            taps,
            columns,
            1,
            PictureTile.MAX_VECTORS,
            false,
            filter,
            filterOffset,
            columns,
            memory,
            loop);
    float[] rows = new float[taps * columns];
    for (int panel = 0, to = 0; panel < panels.count(); panel++) {
      int width = panels.usedColumns(panel);
      for (int tap = 0; tap < taps; tap++, to += width) {
        int from = filterOffset + tap * columns + panels.firstColumn(panel);
        System.arraycopy(filter, from, rows, to, width);
      }
    }
    return new PictureFilter(panels, rows);
  }

  @Override
  public long bytes() {
    return panels.bytes() + 4L * rows.length;
  }

  @Override
  public WeightPrecision precision() {
    return WeightPrecision.FLOAT32;
  }

  @Override
  public String algorithm() {
    int vectors = panels.vectors(panels.count() - 1);
    return "direct for pictures, tile "
        + PictureTile.maxPixels(vectors)
        + "x"
        + vectors * Lanes.COUNT;
  }

  @Override
  public double expectedSpeed(Conv2dGeometry g) {
    return 0.8;
  }
}
