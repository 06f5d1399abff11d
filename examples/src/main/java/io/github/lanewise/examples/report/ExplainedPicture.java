package io.github.lanewise.examples.report;

import io.github.lanewise.image.Picture;
import io.github.lanewise.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * A picture with a heat map blended in: untouched where the map is 0, and towards the map's maximum
 * more and more covered by blue, green, yellow and red.
 */
public final class ExplainedPicture {

  /** How much of the picture the maximum covers. */
  private static final double OPACITY = 0.6;

  /** Red, green and blue of heats 0, 1/4, 2/4, 3/4 and 1. */
  private static final int[][] COLOURS = {
    {0, 0, 255}, {0, 255, 255}, {0, 255, 0}, {255, 255, 0}, {255, 0, 0}
  };

  private ExplainedPicture() {}

  /**
   * Draws it in the picture's size. The map is spread over the whole picture by linear
   * interpolation between the centres of its cells, and scaled so that its maximum is 1.
   *
   * @param map [h, w], at least 0
   */
  public static BufferedImage draw(Picture picture, Tensor map) {
    float[] heats = map.toArray();
    int rows = map.shape().dim(0);
    int columns = map.shape().dim(1);
    double max = 0;
    for (float heat : heats) {
      max = Math.max(max, heat);
    }
    int width = picture.width();
    BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < picture.height(); y++) {
      double mapY = position(y, picture.height(), rows);
      for (int x = 0; x < width; x++) {
        double heat = heat(heats, columns, mapY, position(x, width, columns));
        row[x] = blend(picture, y, x, max > 0 ? heat / max : 0);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  /** Where the centre of a pixel lies among the centres of the map's cells. */
  private static double position(int pixel, int pixels, int cells) {
    double position = (pixel + 0.5) * cells / pixels - 0.5;
    return Math.min(Math.max(position, 0), cells - 1);
  }

  private static double heat(float[] heats, int columns, double y, double x) {
    int left = (int) x;
    int right = Math.min(left + 1, columns - 1);
    int top = (int) y * columns;
    int bottom = Math.min(top + columns, heats.length - columns);
    double upper = mix(heats[top + left], heats[top + right], x - left);
    double lower = mix(heats[bottom + left], heats[bottom + right], x - left);
    return mix(upper, lower, y - (int) y);
  }

  private static int blend(Picture picture, int y, int x, double heat) {
    double at = heat * (COLOURS.length - 1);
    int colour = Math.min((int) at, COLOURS.length - 2);
    int rgb = 0;
    for (int channel = 0; channel < Picture.CHANNELS; channel++) {
      double of = mix(COLOURS[colour][channel], COLOURS[colour + 1][channel], at - colour);
      rgb = rgb << 8 | (int) Math.round(mix(picture.at(y, x, channel), of, OPACITY * heat));
    }
    return rgb;
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
