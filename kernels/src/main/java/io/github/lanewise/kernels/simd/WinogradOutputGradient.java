package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution's output, tile by tile at the points of its {@link
 * WinogradTransform}s, in the strips of {@link WinogradInput}. What lies outside the output counts
 * as zeros.
 */
final class WinogradOutputGradient {

  private static final int BLOCK = StripTile.COLUMNS;

  private final Conv2dGeometry g;
  private final @Nullable WinogradTransform vertical;
  private final @Nullable WinogradTransform horizontal;
  private final float[] gradient;
  private final int offset;
  private final int channels;
  private final int verticalPoints;
  private final int horizontalPoints;
  private final int tiles;
  private final int strips;

  /** Rows of a strip. */
  private final int rows;

  /** Floats of a row of tiles. */
  private final int row;

  WinogradOutputGradient(
      Conv2dGeometry g,
      @Nullable WinogradTransform vertical,
      @Nullable WinogradTransform horizontal,
      float[] gradient,
      int offset) {
    this.g = g;
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.gradient = gradient;
    this.offset = offset;
    this.channels = g.outputChannels();
    this.verticalPoints = WinogradFilter.points(vertical);
    this.horizontalPoints = WinogradFilter.points(horizontal);
    this.tiles = WinogradFilter.tiles(horizontal, g.outputWidth());
    this.strips = WinogradFilter.tiles(vertical, g.outputHeight());
    this.rows = WinogradFilter.outputs(vertical);
    this.row = tiles * WinogradFilter.outputs(horizontal) * channels;
  }

  /** Floats that {@link #transform} works in. */
  int scratchSize() {
    return (rows + verticalPoints) * row;
  }

  /**
   * Transforms a strip. Channel c of a tile at a point lies at {@code to + point * pointStride + c
   * / block * panelStride + tile * block + c % block}, where a block is {@link StripTile#COLUMNS}.
   */
  void transform(
      int strip,
      float[] transformed,
      int to,
      int pointStride,
      int panelStride,
      float[] scratch,
      int at) {
    stage(strip, scratch, at);
    int lines = at;
    if (vertical != null && horizontal != null) {
      lines = at + rows * row;
      vertical.outputGradient(scratch, at, row, 0, scratch, lines, row, 0, 1, row);
    }
    WinogradTransform last = horizontal != null ? horizontal : vertical;
    if (last == null) {
      throw new AssertionError("no transform");
    }
    int fromStride = horizontal != null ? channels : row;
    int fromStep = horizontal != null ? WinogradTransform.OUTPUTS * channels : channels;
    int outer = horizontal != null ? verticalPoints : 1;
    for (int i = 0; i < outer; i++) {
      for (int c = 0; c < channels; c += BLOCK) {
        last.outputGradient(
            scratch,
            lines + i * row + c,
            fromStride,
            fromStep,
            transformed,
            to + i * horizontalPoints * pointStride + c / BLOCK * panelStride,
            pointStride,
            BLOCK,
            tiles,
            Math.min(BLOCK, channels - c));
      }
    }
  }

  /** Copies the rows of a strip: [rows, tiles, outputs, channels]. */
  private void stage(int strip, float[] to, int at) {
    int y = strip % strips * rows;
    int line = g.outputWidth() * channels;
    int from = offset + (strip / strips * g.outputHeight() + y) * line;
    for (int i = 0; i < rows; i++) {
      int start = at + i * row;
      int used = y + i < g.outputHeight() ? line : 0;
      System.arraycopy(gradient, used == 0 ? 0 : from + i * line, to, start, used);
      Arrays.fill(to, start + used, start + row, 0);
    }
  }
}
