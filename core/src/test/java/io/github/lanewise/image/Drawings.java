package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures that tests draw and encode themselves. */
final class Drawings {

  static final int WIDTH = 37;
  static final int HEIGHT = 23;

  private Drawings() {}

  /** Smooth colours, so that lossy formats stay close to them; no two corners alike. */
  static int colour(int y, int x) {
    int red = Math.min(255, 20 + 5 * x);
    int green = Math.min(255, 30 + 6 * y);
    int blue = Math.max(0, 200 - 2 * x - 3 * y);
    return red << 16 | green << 8 | blue;
  }

  static BufferedImage draw(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | colour(y, x));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer of " + format + " for " + image);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A coloured picture in a format. */
  static byte[] encoded(int width, int height, String format) {
    return encode(draw(width, height, BufferedImage.TYPE_3BYTE_BGR), format);
  }

  static int red(int colour) {
    return colour >> 16 & 0xFF;
  }

  static int green(int colour) {
    return colour >> 8 & 0xFF;
  }

  static int blue(int colour) {
    return colour & 0xFF;
  }

  /** Checks that a picture is the drawing of {@link #WIDTH} x {@link #HEIGHT}. */
  static void assertDrawn(Picture picture, int tolerance) {
    assertEquals(WIDTH, picture.width());
    assertEquals(HEIGHT, picture.height());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int colour = colour(y, x);
        String where = "row " + y + ", column " + x;
        assertEquals(red(colour), picture.at(y, x, 0), tolerance, "red, " + where);
        assertEquals(green(colour), picture.at(y, x, 1), tolerance, "green, " + where);
        assertEquals(blue(colour), picture.at(y, x, 2), tolerance, "blue, " + where);
      }
    }
  }
}
