package io.github.lanewise.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Takes red, green and blue out of what ImageIO decoded. Samples are taken as stored where there is
 * one a channel: {@link BufferedImage#getRGB} would convert colour spaces, and lighten grays.
 */
final class Pixels {

  private Pixels() {}

  static Picture of(BufferedImage image, String name) throws PictureException {
    ColorModel colors = image.getColorModel();
    int type = image.getRaster().getTransferType();
    if (!(colors instanceof ComponentColorModel)) {
      return converted(image);
    }
    int bands = image.getRaster().getNumBands();
    boolean bytes = type == DataBuffer.TYPE_BYTE && colors.getComponentSize(0) == 8;
    boolean shorts = type == DataBuffer.TYPE_USHORT && colors.getComponentSize(0) == 16;
    boolean grayOrRgb = bands == colors.getNumComponents() && bands <= 4;
    if (!grayOrRgb || !(bytes || shorts)) {
      throw new PictureException(name, "unsupported pixels: " + colors, null);
    }
    return stored(image.getRaster(), bands, bytes);
  }

  private static Picture stored(Raster raster, int bands, boolean bytes) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] row = new byte[width * bands];
    short[] wideRow = new short[bytes ? 0 : width * bands];
    // Gray has one channel for all three, with alpha or without.
    int step = bands >= Picture.CHANNELS ? 1 : 0;
    byte[] rgb = new byte[width * height * Picture.CHANNELS];
    int out = 0;
    for (int y = 0; y < height; y++) {
      if (bytes) {
        raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      } else {
        raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, wideRow);
        for (int i = 0; i < row.length; i++) {
          row[i] = (byte) (wideRow[i] >> 8);
        }
      }
      for (int in = 0; in < row.length; in += bands) {
        rgb[out++] = row[in];
        rgb[out++] = row[in + step];
        rgb[out++] = row[in + 2 * step];
      }
    }
    return new Picture(width, height, rgb);
  }

  /** Palettes and pixels packed into integers: both are sRGB. */
  private static Picture converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] row = new int[width];
    byte[] rgb = new byte[width * height * Picture.CHANNELS];
    int out = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
    return new Picture(width, height, rgb);
  }
}
