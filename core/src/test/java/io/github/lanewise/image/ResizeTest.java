package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {

  private static Picture random(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(81).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  /** A row of grays. */
  private static Picture row(int... grays) {
    byte[] rgb = new byte[grays.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) grays[i / 3];
    }
    return new Picture(grays.length, 1, rgb);
  }

  /** The red values of a row resized to {@code width}. */
  private static float[] resizedRow(Resize resize, int width, int... grays) {
    float[] output = new float[width * 3];
    resize.apply(row(grays), 1, width, output, 0);
    float[] red = new float[width];
    for (int x = 0; x < width; x++) {
      red[x] = output[3 * x];
    }
    return red;
  }

  @Test
  void nearestTakesThePixelUnderTheCentre() {
    assertArrayEquals(new float[] {20, 40}, resizedRow(Resize.NEAREST, 2, 10, 20, 30, 40));
    assertArrayEquals(new float[] {10, 30, 50}, resizedRow(Resize.NEAREST, 3, 10, 20, 30, 40, 50));
    assertArrayEquals(new float[] {10, 10, 200, 200}, resizedRow(Resize.NEAREST, 4, 10, 200));
    assertArrayEquals(new float[] {20}, resizedRow(Resize.NEAREST, 1, 10, 20, 255));
  }

  @Test
  void nearestRoundsTiesByRunningSumAsPillow() {
    int[] grays = new int[250];
    for (int i = 0; i < 250; i++) {
      grays[i] = i;
    }
    // Centre 37.5 * 250 / 75 is 125 but for the rounding of the sum.
    assertEquals(124, resizedRow(Resize.NEAREST, 75, grays)[37]);
  }

  @Test
  void bilinearHasHalfPixelCentresAndDoesNotSmooth() {
    assertArrayEquals(new float[] {0, 25, 75, 100}, resizedRow(Resize.BILINEAR, 4, 0, 100));
    assertArrayEquals(new float[] {5, 25}, resizedRow(Resize.BILINEAR, 2, 0, 10, 20, 30));
    assertArrayEquals(new float[] {40}, resizedRow(Resize.BILINEAR, 1, 0, 255, 40, 255, 0));
  }

  @ParameterizedTest
  @CsvSource({"7, 11, 3, 5", "7, 11, 20, 30", "374, 499, 150, 150", "5, 1, 1, 7", "8, 8, 4, 16"})
  void pixelsAreThoseOfTheDefinition(int height, int width, int toHeight, int toWidth) {
    Picture picture = random(height, width);
    float[] nearest = new float[toHeight * toWidth * 3];
    Resize.NEAREST.apply(picture, toHeight, toWidth, nearest, 0);
    float[] bilinear = new float[toHeight * toWidth * 3];
    Resize.BILINEAR.apply(picture, toHeight, toWidth, bilinear, 0);
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        double sourceY = (y + 0.5) * height / toHeight;
        double sourceX = (x + 0.5) * width / toWidth;
        for (int c = 0; c < 3; c++) {
          int i = (y * toWidth + x) * 3 + c;
          assertEquals(picture.at((int) sourceY, (int) sourceX, c), nearest[i], "nearest " + i);
          assertEquals(
              tents(picture, sourceY - 0.5, sourceX - 0.5, c), bilinear[i], 0.02, "bilinear " + i);
        }
      }
    }
  }

  /** Bilinear interpolation as a sum over all pixels, those outside repeating the border. */
  private static double tents(Picture picture, double y, double x, int channel) {
    double clampedY = Math.min(Math.max(y, 0), picture.height() - 1);
    double clampedX = Math.min(Math.max(x, 0), picture.width() - 1);
    double sum = 0;
    for (int row = 0; row < picture.height(); row++) {
      double share = Math.max(0, 1 - Math.abs(row - clampedY));
      for (int column = 0; share > 0 && column < picture.width(); column++) {
        sum +=
            share * Math.max(0, 1 - Math.abs(column - clampedX)) * picture.at(row, column, channel);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeGivesTheSamePixelsAndTouchesNothingElse(Resize resize) {
    Picture picture = random(6, 9);
    float[] output = new float[6 * 9 * 3 + 7];
    Arrays.fill(output, -5);
    resize.apply(picture, 6, 9, output, 3);
    for (int i = 0; i < output.length; i++) {
      boolean inside = i >= 3 && i < output.length - 4;
      assertEquals(inside ? Byte.toUnsignedInt(picture.rgb()[i - 3]) : -5, output[i], "value " + i);
    }
  }

  @Test
  void rescalingReachesBothEndsAndTouchesNothingElse() {
    float[] values = {7, 0, 127.5f, 255, 7};
    float[] symmetric = values.clone();
    Rescale.SYMMETRIC.apply(3, symmetric, 1);
    assertArrayEquals(new float[] {7, -1, 0, 1, 7}, symmetric);
    float[] unit = values.clone();
    Rescale.UNIT.apply(3, unit, 1);
    assertArrayEquals(new float[] {7, 0, 0.5f, 1, 7}, unit);
    float[] none = values.clone();
    Rescale.NONE.apply(5, none, 0);
    assertArrayEquals(values, none);
  }

  @Test
  void aDivisorThatIsZeroOrNotANumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Rescale(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rescale(Float.NaN, 1));
  }

  @Test
  void aPictureOfTheWrongLengthIsRefused() {
    assertEquals(
        "Picture: expected height * width * 3 bytes, found 5 for 1 x 2",
        assertThrows(IllegalArgumentException.class, () -> new Picture(2, 1, new byte[5]))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Picture(0, 1, new byte[0]));
  }
}
