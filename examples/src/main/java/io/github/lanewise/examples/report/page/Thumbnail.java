package io.github.lanewise.examples.report.page;

import io.github.lanewise.image.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures small enough to be put into a page. */
final class Thumbnail {

  /** Width and height at most, in pixels. */
  static final int SIZE = 280;

  private Thumbnail() {}

  /**
   * A picture of at most {@link #SIZE} pixels a side, each the mean of those that it covers; the
   * picture itself where it is no larger.
   */
  static Picture of(Picture picture) {
    double scale = (double) SIZE / Math.max(picture.width(), picture.height());
    if (scale >= 1) {
      return picture;
    }
    int width = (int) Math.max(1, Math.round(picture.width() * scale));
    int height = (int) Math.max(1, Math.round(picture.height() * scale));
    byte[] rgb = new byte[width * height * Picture.CHANNELS];
    for (int y = 0; y < height; y++) {
      int top = start(y, height, picture.height());
      int bottom = start(y + 1, height, picture.height());
      for (int x = 0; x < width; x++) {
        int left = start(x, width, picture.width());
        int right = start(x + 1, width, picture.width());
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
          long sum = 0;
          for (int i = top; i < bottom; i++) {
            for (int j = left; j < right; j++) {
              sum += picture.at(i, j, channel);
            }
          }
          int area = (bottom - top) * (right - left);
          rgb[(y * width + x) * Picture.CHANNELS + channel] =
              (byte) Math.round((double) sum / area);
        }
      }
    }
    return new Picture(width, height, rgb);
  }

  private static int start(int pixel, int pixels, int of) {
    return (int) ((long) pixel * of / pixels);
  }

  /** A picture as AWT has it. */
  static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int rgb = picture.at(y, x, 0) << 16 | picture.at(y, x, 1) << 8 | picture.at(y, x, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /**
   * A picture as a URI that holds it, as JPEG.
   *
   * @throws IOException if this JDK can not write that
   */
  static String uri(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "jpeg", bytes)) {
      throw new IOException("this JDK has no JPEG writer");
    }
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
