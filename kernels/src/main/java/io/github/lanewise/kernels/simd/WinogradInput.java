package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input of a convolution, tile by tile at the points of its {@link WinogradTransform}s. A strip
 * is one row of tiles of one image; strips are counted through the whole batch.
 */
final class WinogradInput {

  private final Conv2dGeometry g;
  private final @Nullable WinogradTransform vertical;
  private final @Nullable WinogradTransform horizontal;
  private final float[] input;
  private final int inputOffset;
  private final int channels;
  private final int verticalPoints;
  private final int horizontalPoints;

  /** Columns of a strip's input, its border included. */
  private final int reach;

  /** Columns of a strip's input within the image. */
  private final int columns;

  /** Tiles of a strip. */
  final int tiles;

  /** Strips of an image. */
  final int strips;

  WinogradInput(
      Conv2dGeometry g,
      @Nullable WinogradTransform vertical,
      @Nullable WinogradTransform horizontal,
      float[] input,
      int inputOffset) {
    this.g = g;
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.input = input;
    this.inputOffset = inputOffset;
    this.channels = g.inputChannels();
    this.verticalPoints = WinogradFilter.points(vertical);
    this.horizontalPoints = WinogradFilter.points(horizontal);
    this.tiles = WinogradFilter.tiles(horizontal, g.outputWidth());
    this.strips = WinogradFilter.tiles(vertical, g.outputHeight());
    this.reach = (tiles - 1) * WinogradFilter.outputs(horizontal) + horizontalPoints;
    this.columns = Math.min(g.inputWidth(), reach - g.padLeft());
  }

  /** Floats that {@link #transform} works in. */
  int scratchSize() {
    return verticalPoints
        * (CacheLines.spread(reach * channels) + CacheLines.spread(columns * channels));
  }

  /**
   * Transforms a strip. Channel c of a tile at a point lies at {@code to + point * pointStride + c
   * / block * blockStride + tile * block + c % block}.
   *
   * @param block divides the channels
   */
  void transform(
      int strip,
      float[] transformed,
      int to,
      int pointStride,
      int block,
      int blockStride,
      float[] scratch,
      int at) {
    int pixelStride = g.inputPixelStride();
    int row = g.inputWidth() * pixelStride;
    int y = strip % strips * WinogradFilter.outputs(vertical) - g.padTop();
    int image = inputOffset + strip / strips * g.inputHeight() * row;
    int stride = CacheLines.spread(reach * channels);
    float[] from = input;
    int fromAt = image + y * row;
    int fromStride = row;
    if (y < 0 || y + verticalPoints > g.inputHeight() || pixelStride != channels) {
      fromAt = at + verticalPoints * stride;
      fromStride = CacheLines.spread(columns * channels);
      from = scratch;
      stage(image, y, scratch, fromAt, fromStride);
    }
    if (horizontal == null) {
      tiles(
          vertical,
          from,
          fromAt,
          fromStride,
          channels,
          transformed,
          to,
          pointStride,
          block,
          blockStride,
          columns);
      return;
    }
    int left = g.padLeft() * channels;
    if (vertical != null) {
      StreamTransform form = vertical.forInputs();
      form.input(from, fromAt, fromStride, 0, scratch, at + left, stride, 0, 1, columns * channels);
    } else {
      System.arraycopy(from, fromAt, scratch, at + left, columns * channels);
    }
    for (int i = 0; i < verticalPoints; i++) {
      int line = at + i * stride;
      Arrays.fill(scratch, line, line + left, 0);
      Arrays.fill(scratch, line + left + columns * channels, line + reach * channels, 0);
      tiles(
          horizontal,
          scratch,
          line,
          channels,
          WinogradTransform.OUTPUTS * channels,
          transformed,
          to + i * horizontalPoints * pointStride,
          pointStride,
          block,
          blockStride,
          tiles);
    }
  }

  /** Transforms tiles, {@code fromStep} apart, block of channels after block. */
  private void tiles(
      @Nullable WinogradTransform axis,
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] transformed,
      int to,
      int pointStride,
      int block,
      int blockStride,
      int count) {
    if (axis == null) {
      throw new AssertionError("no transform");
    }
    StreamTransform form = axis.forInputs();
    boolean whole = block == fromStep;
    for (int c = 0; c < channels; c += block) {
      form.input(
          from,
          fromAt + c,
          fromStride,
          fromStep,
          transformed,
          to + c / block * blockStride,
          pointStride,
          block,
          whole ? 1 : count,
          whole ? count * block : block);
    }
  }

  /** Copies the rows of a strip, those outside the image as zeros. */
  private void stage(int image, int y, float[] to, int at, int stride) {
    int pixelStride = g.inputPixelStride();
    for (int i = 0; i < verticalPoints; i++) {
      int start = at + i * stride;
      if (y + i < 0 || y + i >= g.inputHeight()) {
        Arrays.fill(to, start, start + columns * channels, 0);
        continue;
      }
      int from = image + (y + i) * g.inputWidth() * pixelStride;
      if (pixelStride == channels) {
        System.arraycopy(input, from, to, start, columns * channels);
      } else {
        for (int x = 0; x < columns; x++) {
          System.arraycopy(input, from + x * pixelStride, to, start + x * channels, channels);
        }
      }
    }
  }
}
