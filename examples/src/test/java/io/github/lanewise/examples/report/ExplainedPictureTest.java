package io.github.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.image.Picture;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExplainedPictureTest {

  private static Picture gray(int width, int height) {
    byte[] rgb = new byte[height * width * Picture.CHANNELS];
    Arrays.fill(rgb, (byte) 100);
    return new Picture(width, height, rgb);
  }

  private static int rgb(BufferedImage image, int y, int x) {
    return image.getRGB(x, y) & 0xffffff;
  }

  @Test
  void withoutHeatThePictureStaysAsItIs() {
    byte[] bytes = {1, 2, 3, (byte) 254, (byte) 128, 0};
    BufferedImage image = ExplainedPicture.draw(new Picture(1, 2, bytes), Tensor.zeros(3, 3));
    assertEquals(0x010203, rgb(image, 0, 0));
    assertEquals(0xfe8000, rgb(image, 1, 0));
  }

  @Test
  void theMaximumIsRedAndTheCoverGrowsWithTheHeatWhateverTheMapsScale() {
    for (float max : new float[] {1e-6f, 1, 1000}) {
      Tensor map = Tensor.of(Shape.of(1, 3), 0, max / 2, max);
      BufferedImage image = ExplainedPicture.draw(gray(3, 1), map);
      assertEquals(0x646464, rgb(image, 0, 0));
      // 100 and, of 0.3, green: 70, 146.5, 70.
      assertEquals(70 << 16 | 147 << 8 | 70, rgb(image, 0, 1));
      // 100 and, of 0.6, red: 193, 40, 40.
      assertEquals(193 << 16 | 40 << 8 | 40, rgb(image, 0, 2));
    }
  }

  @Test
  void theMapIsEnlargedLinearlyBetweenTheCentresOfItsCells() {
    // Two rows, three columns; only the last column of the lower row is hot.
    Tensor map = Tensor.of(Shape.of(2, 3), 0, 0, 0, 0, 0, 1);
    BufferedImage image = ExplainedPicture.draw(gray(12, 4), map);
    // Pixels' centres in cells: rows at 0, 1/4, 3/4, 1; columns from 1 on at 1 + 1/8, 3/8, 5/8,
    // 7/8.
    double[] down = {0, 0.25, 0.75, 1};
    double[] right = {0, 0, 0, 0, 0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1};
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 12; x++) {
        double heat = down[y] * right[x];
        // Red grows from heat 1/2 to 3/4, and blue shrinks from 1/4 to 1/2.
        double red = 255 * Math.min(Math.max(4 * heat - 2, 0), 1);
        double blue = 255 * Math.min(Math.max(2 - 4 * heat, 0), 1);
        int found = rgb(image, y, x);
        assertEquals(100 + (red - 100) * 0.6 * heat, found >> 16, 0.51, "red " + y + ", " + x);
        assertEquals(100 + (blue - 100) * 0.6 * heat, found & 255, 0.51, "blue " + y + ", " + x);
      }
    }
  }
}
