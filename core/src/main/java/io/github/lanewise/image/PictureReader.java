package io.github.lanewise.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, GIF (the first frame) and BMP files, and whatever else {@link ImageIO} finds a
 * plug-in for, as Pillow's {@code Image.open(file).convert('RGB')}: alpha is dropped, grays are
 * replicated, palettes expanded, colour profiles ignored, and 16-bit samples lose their low byte. A
 * file that ends early is an error, not a picture with a gray half. Immutable, safe for use by
 * several threads; no temporary files, no change of ImageIO's global settings.
 */
public final class PictureReader {

  /** Pixels beyond which Pillow, too, refuses to decode: {@code 2 * MAX_IMAGE_PIXELS}. */
  private static final long MAX_PIXELS = 178_956_970;

  private static final long MAX_BYTES = 1L << 30;

  private final boolean upright;
  private final long maxPixels;

  private PictureReader(boolean upright, long maxPixels) {
    this.upright = upright;
    this.maxPixels = maxPixels;
  }

  /** A reader that gives pixels as they are stored, as Pillow and Keras do. */
  public static PictureReader asStored() {
    return new PictureReader(false, MAX_PIXELS);
  }

  /** A reader that turns JPEG files upright as their EXIF orientation says. */
  public static PictureReader upright() {
    return new PictureReader(true, MAX_PIXELS);
  }

  /**
   * The same reader, refusing pictures of more pixels before it decodes them: a small file may hold
   * a picture that fills the memory.
   *
   * @param pixels 1 to 178,956,970, which is the default
   * @throws IllegalArgumentException if {@code pixels} is out of that range
   */
  public PictureReader maxPixels(long pixels) {
    if (pixels < 1 || pixels > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "maxPixels: expected 1 to " + MAX_PIXELS + ", found " + pixels);
    }
    return new PictureReader(upright, pixels);
  }

  /**
   * Decodes a file.
   *
   * @throws PictureException if there is no such file, or if it is empty, truncated, corrupt or of
   *     an unsupported format
   */
  public Picture read(Path file) throws PictureException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw failure(file.toString(), "expected at most 2^30 bytes, found " + Files.size(file));
      }
      return decode(Files.readAllBytes(file), file.toString());
    } catch (PictureException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new PictureException(file.toString(), "no such file", e);
    } catch (IOException e) {
      throw new PictureException(file.toString(), "can not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Decodes the bytes of a file.
   *
   * @param name what errors call it
   * @throws PictureException as {@link #read}
   */
  public Picture decode(byte[] file, String name) throws PictureException {
    if (file.length == 0) {
      throw failure(name, "empty file");
    }
    Picture picture = Pixels.of(image(file, name), name);
    return upright ? ExifOrientation.upright(picture, ExifOrientation.of(file)) : picture;
  }

  private BufferedImage image(byte[] file, String name) throws PictureException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw failure(name, "not a picture of a supported format");
      }
      ImageReader reader = readers.next();
      try {
        return image(reader, in, name);
      } finally {
        reader.dispose();
      }
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Plug-ins throw what they like at corrupt files.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new PictureException(name, "can not be decoded: " + reason, e);
    }
  }

  private BufferedImage image(ImageReader reader, ImageInputStream in, String name)
      throws IOException {
    reader.setInput(in, true, true);
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > maxPixels) {
      throw failure(name, "expected at most " + maxPixels + " pixels, found " + pixels);
    }
    EarlyEnd earlyEnd = new EarlyEnd();
    reader.addIIOReadWarningListener(earlyEnd);
    BufferedImage image = reader.read(0);
    if (earlyEnd.warning != null) {
      throw failure(name, "truncated: " + earlyEnd.warning);
    }
    return image;
  }

  private static PictureException failure(String name, String reason) {
    return new PictureException(name, reason, null);
  }

  /** Keeps the warning by which libjpeg says that it made up the rest of a picture. */
  private static final class EarlyEnd implements IIOReadWarningListener {
    @Nullable String warning;

    @Override
    public void warningOccurred(ImageReader source, String message) {
      String text = message.toLowerCase(Locale.ROOT);
      if (text.contains("premature end") || text.contains("truncated")) {
        warning = message;
      }
    }
  }
}
