package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {

  /** Bytes after the last pixel at most: a PNG's checksums, sizes and IEND. */
  private static final int END_MARKS = 26;

  private static final int WIDTH = Drawings.WIDTH;

  private static final int HEIGHT = Drawings.HEIGHT;

  private final PictureReader reader = PictureReader.asStored();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"png, 0", "bmp, 0", "jpg, 12"})
  void coloursAreThoseThatWereDrawn(String format, int tolerance) throws IOException {
    Path file = directory.resolve("drawing." + format);
    Files.write(file, Drawings.encoded(WIDTH, HEIGHT, format));
    Drawings.assertDrawn(reader.read(file), tolerance);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void theOrderOfBytesInMemoryDoesNotMatter(int type) throws IOException {
    byte[] file = Drawings.encode(Drawings.draw(WIDTH, HEIGHT, type), "png");
    Drawings.assertDrawn(reader.decode(file, "drawing"), 0);
  }

  @Test
  void alphaIsDroppedAndNotBlended() throws IOException {
    BufferedImage image = Drawings.draw(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, (x * 6) << 24 | Drawings.colour(y, x));
      }
    }
    Drawings.assertDrawn(reader.decode(Drawings.encode(image, "png"), "drawing"), 0);
  }

  @ParameterizedTest
  @CsvSource({"png, 0", "jpg, 3", "bmp, 0"})
  void graysAreReplicatedAsTheyAreStored(String format, int tolerance) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < WIDTH; x++) {
      for (int y = 0; y < HEIGHT; y++) {
        image.getRaster().setSample(x, y, 0, 5 * x + y);
      }
    }
    Picture picture = reader.decode(Drawings.encode(image, format), "gray");
    for (int x = 0; x < WIDTH; x++) {
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(5 * x + 7, picture.at(7, x, channel), tolerance, "column " + x);
      }
    }
  }

  @Test
  void samplesOf16BitsLoseTheirLowByte() throws IOException {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x << 8 | 0xFF);
    }
    Picture picture = reader.decode(Drawings.encode(image, "png"), "gray");
    for (int x = 0; x < 256; x++) {
      assertEquals(x, picture.at(0, x, 0));
      assertEquals(x, picture.at(0, x, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void palettesAreExpanded(String format) throws IOException {
    BufferedImage image = new BufferedImage(6, 1, BufferedImage.TYPE_BYTE_INDEXED);
    int[] colours = {0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00};
    for (int x = 0; x < 6; x++) {
      image.setRGB(x, 0, 0xFF000000 | colours[x]);
    }
    Picture picture = reader.decode(Drawings.encode(image, format), "palette");
    for (int x = 0; x < 6; x++) {
      assertEquals(Drawings.red(colours[x]), picture.at(0, x, 0), "red " + x);
      assertEquals(Drawings.green(colours[x]), picture.at(0, x, 1), "green " + x);
      assertEquals(Drawings.blue(colours[x]), picture.at(0, x, 2), "blue " + x);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void blackAndWhiteIsExpanded(String format) throws IOException {
    BufferedImage image = new BufferedImage(19, 8, BufferedImage.TYPE_BYTE_BINARY);
    for (int x = 0; x < 19; x += 3) {
      for (int y = 0; y < 8; y++) {
        image.setRGB(x, y, 0xFFFFFFFF);
      }
    }
    Picture picture = reader.decode(Drawings.encode(image, format), "black and white");
    for (int x = 0; x < 19; x++) {
      assertEquals(x % 3 == 0 ? 255 : 0, picture.at(1, x, 1), "column " + x);
    }
  }

  @Test
  void theFirstFrameOfAGifIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int colour : new int[] {0xFFFF0000, 0xFF0000FF}) {
        BufferedImage frame = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 0; i < 16; i++) {
          frame.setRGB(i % 4, i / 4, colour);
        }
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    }
    writer.dispose();
    Picture picture = reader.decode(bytes.toByteArray(), "frames");
    assertEquals(255, picture.at(2, 2, 0));
    assertEquals(0, picture.at(2, 2, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void aFileThatEndsEarlyGivesAllPixelsOrAnErrorWhereverItEnds(String format) throws IOException {
    BufferedImage image =
        Drawings.draw(
            64,
            48,
            format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR);
    byte[] whole = Drawings.encode(image, format);
    Picture complete = reader.decode(whole, "whole");
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      String name = "the first " + length + " of " + whole.length + " bytes";
      try {
        Picture picture = reader.decode(part, name);
        assertArrayEquals(complete.rgb(), picture.rgb(), name);
        assertTrue(whole.length - length <= END_MARKS, name + " are not all");
      } catch (PictureException e) {
        assertEquals(name + ": " + e.reason(), e.getMessage());
      }
    }
  }

  @Test
  void aFileThatIsNoPictureIsNamed() throws IOException {
    Path text = directory.resolve("notes.jpg");
    Files.writeString(text, "this is not a picture\n");
    assertMessage(text, "not a picture of a supported format");
    Path empty = Files.createFile(directory.resolve("empty.png"));
    assertMessage(empty, "empty file");
    assertMessage(directory.resolve("absent.png"), "no such file");
    PictureException e = assertThrows(PictureException.class, () -> reader.read(directory));
    assertTrue(e.getMessage().startsWith(directory + ": can not be read: "), e.getMessage());
  }

  private void assertMessage(Path file, String reason) {
    PictureException e = assertThrows(PictureException.class, () -> reader.read(file));
    assertEquals(file + ": " + reason, e.getMessage());
    assertEquals(reason, e.reason());
  }

  @Test
  void damagedFilesGiveAPictureOrThePicturesError() {
    Random random = new Random(5);
    int errors = 0;
    for (String format : new String[] {"jpg", "png", "bmp"}) {
      byte[] whole = Drawings.encoded(20, 10, format);
      for (int round = 0; round < 300; round++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i < 3; i++) {
          damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt();
        }
        try {
          reader.decode(damaged, "damaged");
        } catch (PictureException e) {
          errors++;
        }
      }
    }
    assertTrue(errors > 100, errors + " errors");
  }

  @Test
  void hugePicturesAreRefusedBeforeTheyAreDecoded() {
    byte[] file = Drawings.encoded(8, 8, "png");
    ByteBuffer.wrap(file).putInt(16, 30_000).putInt(20, 30_000);
    PictureException e =
        assertThrows(PictureException.class, () -> reader.decode(file, "huge.png"));
    assertEquals("huge.png: expected at most 178956970 pixels, found 900000000", e.getMessage());
  }

  @Test
  void aLowerLimitOfPixelsIsKept() throws IOException {
    byte[] file = Drawings.encoded(8, 6, "png");
    assertEquals(6, reader.maxPixels(48).decode(file, "picture").height());
    PictureException e =
        assertThrows(
            PictureException.class, () -> reader.maxPixels(47).decode(file, "picture.png"));
    assertEquals("picture.png: expected at most 47 pixels, found 48", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> reader.maxPixels(0));
    assertThrows(IllegalArgumentException.class, () -> reader.maxPixels(178_956_971));
  }

  @Test
  void photographsAreRead() throws IOException {
    String data = System.getProperty("lanewise.data", "");
    Path photographs = Path.of(data, "cats_and_dogs", "validation", "cats");
    assumeTrue(
        !data.isEmpty() && Files.isDirectory(photographs),
        "lanewise.data names no directory with cats_and_dogs");
    try (Stream<Path> files = Files.list(photographs)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).limit(20).toList()) {
        Picture picture = reader.read(file);
        assertTrue(picture.width() > 20 && picture.height() > 20, file.toString());
      }
    }
  }
}
