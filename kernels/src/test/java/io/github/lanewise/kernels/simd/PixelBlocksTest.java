package io.github.lanewise.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.simd.PixelBlocks.Block;
import io.github.lanewise.kernels.simd.PixelBlocks.Taps;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelBlocksTest {

  @ParameterizedTest
  @CsvSource({
    "20, 7, 7, 7, 1, 1, 1",
    "5, 7, 7, 1, 7, 1, 1",
    "30, 3, 3, 3, 3, 1, 1",
    "24, 6, 5, 5, 3, 1, 2",
    "24, 9, 8, 4, 5, 2, 1",
    "1, 7, 7, 7, 1, 1, 1"
  })
  void eachPixelComesOnceWithAllTapsWithinTheInput(
      int batch, int height, int width, int down, int across, int stride, int dilation) {
    Conv2dGeometry g = same(batch, height, width, down, across, stride, dilation);
    PixelBlocks pixels = PixelBlocks.of(g, 4, 2, true);
    int[] seen = new int[batch * g.outputHeight() * g.outputWidth()];
    int end = 0;
    for (Block block : pixels.blocks()) {
      assertEquals(end, block.from());
      end = block.to();
      for (int i = block.from(); i < block.to(); i++) {
        int pixel = pixels.order().length == 0 ? i : pixels.order()[i];
        seen[pixel]++;
        int y = pixel / g.outputWidth() % g.outputHeight() * stride - g.padTop();
        int x = pixel % g.outputWidth() * stride - g.padLeft();
        for (int tap = 0; tap < down; tap++) {
          boolean inside = y + tap * dilation >= 0 && y + tap * dilation < height;
          assertTrue(!inside || has(block.vertical(), tap), "row " + tap + " of pixel " + pixel);
        }
        for (int tap = 0; tap < across; tap++) {
          boolean inside = x + tap * dilation >= 0 && x + tap * dilation < width;
          assertTrue(
              !inside || has(block.horizontal(), tap), "column " + tap + " of pixel " + pixel);
        }
      }
    }
    assertTrue(Arrays.stream(seen).allMatch(count -> count == 1));
  }

  @Test
  void tapsOnTheBorderAreLeftOutOf7x1On7x7Pixels() {
    long taps = 0;
    for (Block block : PixelBlocks.of(same(20, 7, 7, 7, 1, 1, 1), 4, 1, true).blocks()) {
      taps += (long) block.count() * block.vertical().count() * block.horizontal().count();
    }
    assertEquals(20 * 7 * (4 + 5 + 6 + 7 + 6 + 5 + 4), taps);
  }

  @Test
  void pixelsKeepTheirOrderWhereFewAreAlike() {
    assertEquals(0, PixelBlocks.of(same(3, 7, 7, 7, 1, 1, 1), 4, 1, true).order().length);
    assertNotEquals(0, PixelBlocks.of(same(4, 7, 7, 7, 1, 1, 1), 4, 1, true).order().length);
  }

  @Test
  void pixelsKeepTheirOrderWhereFewTapsAreOnTheBorder() {
    assertEquals(0, PixelBlocks.of(same(20, 35, 35, 3, 3, 1, 1), 1, 1, true).order().length);
  }

  @Test
  void pixelsKeepTheirOrderIfTheyMust() {
    assertEquals(0, PixelBlocks.of(same(20, 7, 7, 7, 1, 1, 1), 4, 1, false).order().length);
  }

  @Test
  void pixelsKeepTheirOrderWhereWindowsLieWhollyOnTheBorder() {
    Conv2dGeometry g = new Conv2dGeometry(40, 3, 3, 32, 32, 1, 2, 1, 1, 1, 1, 0, 6, 3, 3, 8, 8, 1);
    assertEquals(0, PixelBlocks.of(g, 1, 1, true).order().length);
  }

  private static boolean has(Taps taps, int tap) {
    return tap >= taps.from() && tap < taps.to();
  }

  private static Conv2dGeometry same(
      int batch, int height, int width, int down, int across, int stride, int dilation) {
    int rows = (height + stride - 1) / stride;
    int columns = (width + stride - 1) / stride;
    int above = ((rows - 1) * stride + (down - 1) * dilation + 1 - height) / 2;
    int left = ((columns - 1) * stride + (across - 1) * dilation + 1 - width) / 2;
    return new Conv2dGeometry(
        batch,
        height,
        width,
        32,
        32,
        down,
        across,
        stride,
        stride,
        dilation,
        dilation,
        Math.max(0, above),
        Math.max(0, left),
        rows,
        columns,
        16,
        16,
        1);
  }
}
