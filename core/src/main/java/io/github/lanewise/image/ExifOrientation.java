package io.github.lanewise.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, as a JPEG file's EXIF segment says it (EXIF 2.32, tag 0x0112): 1 for
 * upright, 2 to 8 for the other rotations and reflections of a rectangle.
 */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private static final int MARKER_START = 0xFF;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** The orientation of a file; upright where it is not a JPEG file or does not say. */
  static int of(byte[] file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(file);
      if (unsignedByte(in) != MARKER_START || unsignedByte(in) != START_OF_IMAGE) {
        return UPRIGHT;
      }
      while (unsignedByte(in) == MARKER_START) {
        int marker = unsignedByte(in);
        while (marker == MARKER_START) {
          marker = unsignedByte(in);
        }
        if (marker == START_OF_SCAN) {
          return UPRIGHT;
        }
        int start = in.position();
        int length = Short.toUnsignedInt(in.getShort());
        if (marker == APP1 && startsWithExif(in)) {
          return ofTiff(in.slice(in.position(), start + length - in.position()));
        }
        in.position(start + length);
      }
      return UPRIGHT;
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }

  private static boolean startsWithExif(ByteBuffer in) {
    for (byte expected : EXIF) {
      if (in.get() != expected) {
        return false;
      }
    }
    return true;
  }

  private static int ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.getShort();
    tiff.position(tiff.getInt());
    int entries = Short.toUnsignedInt(tiff.getShort());
    int first = tiff.position();
    for (int i = 0; i < entries; i++) {
      tiff.position(first + i * ENTRY_BYTES);
      int tag = Short.toUnsignedInt(tiff.getShort());
      int type = tiff.getShort();
      tiff.getInt();
      if (tag == ORIENTATION_TAG && type == SHORT) {
        int orientation = tiff.getShort();
        return orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static int unsignedByte(ByteBuffer in) {
    return Byte.toUnsignedInt(in.get());
  }

  /** The picture turned and reflected so that it is upright. */
  static Picture upright(Picture picture, int orientation) {
    if (orientation == UPRIGHT) {
      return picture;
    }
    boolean transposed = orientation >= 5;
    int width = transposed ? picture.height() : picture.width();
    int height = transposed ? picture.width() : picture.height();
    // Orientations whose stored columns, or rows, run backwards in the upright picture.
    boolean reverseX = orientation == 2 || orientation == 3 || orientation >= 7;
    boolean reverseY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    byte[] rgb = new byte[picture.rgb().length];
    int out = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int storedX = transposed ? y : x;
        int storedY = transposed ? x : y;
        storedX = reverseX ? picture.width() - 1 - storedX : storedX;
        storedY = reverseY ? picture.height() - 1 - storedY : storedY;
        int in = (storedY * picture.width() + storedX) * Picture.CHANNELS;
        rgb[out++] = picture.rgb()[in];
        rgb[out++] = picture.rgb()[in + 1];
        rgb[out++] = picture.rgb()[in + 2];
      }
    }
    return new Picture(width, height, rgb);
  }
}
