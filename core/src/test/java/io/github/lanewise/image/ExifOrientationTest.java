package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {

  private static final int WIDTH = Drawings.WIDTH;

  private static final int HEIGHT = Drawings.HEIGHT;

  private final PictureReader reader = PictureReader.asStored();

  /** The drawing as a JPEG file whose EXIF segment, after one of another kind, says this. */
  private static byte[] withOrientation(int orientation, ByteOrder order) {
    byte[] jpeg = Drawings.encoded(WIDTH, HEIGHT, "jpg");
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(WIDTH);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    byte[] xmp = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 8 + xmp.length + 6 + tiff.capacity());
    out.put(jpeg, 0, 2);
    out.putShort((short) 0xFFE1).putShort((short) (2 + xmp.length)).put(xmp);
    out.putShort((short) 0xFFE1).putShort((short) (2 + 6 + tiff.capacity()));
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** What is seen at a place of the upright picture, as {y, x} of the stored one. */
  private static int[] stored(int orientation, int y, int x) {
    return switch (orientation) {
      case 2 -> new int[] {y, WIDTH - 1 - x};
      case 3 -> new int[] {HEIGHT - 1 - y, WIDTH - 1 - x};
      case 4 -> new int[] {HEIGHT - 1 - y, x};
      case 5 -> new int[] {x, y};
      case 6 -> new int[] {HEIGHT - 1 - x, y};
      case 7 -> new int[] {HEIGHT - 1 - x, WIDTH - 1 - y};
      case 8 -> new int[] {x, WIDTH - 1 - y};
      default -> new int[] {y, x};
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void theOrientationIsObeyedWhereAskedForOnly(int orientation) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] file = withOrientation(orientation, order);
      Picture asStored = reader.decode(file, "stored");
      Drawings.assertDrawn(asStored, 12);
      Picture upright = PictureReader.upright().decode(file, "upright");
      boolean transposed = orientation >= 5 && orientation <= 8;
      assertEquals(transposed ? HEIGHT : WIDTH, upright.width());
      assertEquals(transposed ? WIDTH : HEIGHT, upright.height());
      for (int y = 0; y < upright.height(); y++) {
        for (int x = 0; x < upright.width(); x++) {
          int[] place = stored(orientation, y, x);
          for (int c = 0; c < 3; c++) {
            assertEquals(asStored.at(place[0], place[1], c), upright.at(y, x, c));
          }
        }
      }
    }
  }

  @Test
  void anExifSegmentThatIsCutOffMeansUpright() throws IOException {
    byte[] jpeg = Drawings.encoded(WIDTH, HEIGHT, "jpg");
    byte[] file = new byte[jpeg.length + 14];
    System.arraycopy(jpeg, 0, file, 0, 2);
    ByteBuffer.wrap(file)
        .position(2)
        .putShort((short) 0xFFE1)
        .putShort((short) 12)
        .put("Exif\0\0II*\0".getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(jpeg, 2, file, 16, jpeg.length - 2);
    assertEquals(WIDTH, PictureReader.upright().decode(file, "cut").width());
  }

  @Test
  void aPngHasNoOrientation() throws IOException {
    byte[] file = Drawings.encoded(WIDTH, HEIGHT, "png");
    Drawings.assertDrawn(PictureReader.upright().decode(file, "drawing"), 0);
  }
}
